import type { Versions } from '../../model/artifact.ts';
import type { Json } from '../../model/json.ts';
import { asList, asText, fieldAt, type Manifest } from '../manifest.ts';
import { type ManifestFile, pairsOf } from '../manifests.ts';
import type { Step } from '../yaml-position.ts';

type ArgoKind = 'Application' | 'ApplicationSet' | 'AppProject';
const kinds: readonly string[] = ['Application', 'ApplicationSet', 'AppProject'] satisfies readonly ArgoKind[];

/** Another project of the name has Rollouts and Workflows in the same group. */
export const isArgoObject = ({ group, kind }: Manifest): boolean => group === 'argoproj.io' && kinds.includes(kind);

interface BothVersions {
  readonly before: Manifest;
  readonly after: Manifest;
}
const isOf = (one: Manifest | undefined, wanted: readonly ArgoKind[]): boolean =>
  one !== undefined && isArgoObject(one) && wanted.some((kind) => kind === one.kind);

export const changedOf = (change: Versions<ManifestFile>, ...wanted: readonly ArgoKind[]): readonly BothVersions[] =>
  pairsOf(change).flatMap(({ before, after }) => (before && after && isOf(after, wanted) ? [{ before, after }] : []));

export const removedOf = (change: Versions<ManifestFile>, ...wanted: readonly ArgoKind[]): readonly Manifest[] =>
  pairsOf(change).flatMap(({ before, after }) => (before && !after && isOf(before, wanted) ? [before] : []));

/** An Application, or what an ApplicationSet makes Applications from, before and after; `before` is missing in a new one. */
interface AppChange {
  /** `Application shop`, `every Application of ApplicationSet shops` */
  readonly title: string;
  readonly before: App | undefined;
  readonly after: App;
}
interface App {
  readonly manifest: Manifest;
  /** Where the Application begins in its object. */
  readonly root: readonly Step[];
  field(...steps: readonly Step[]): Json | undefined;
  at(...steps: readonly Step[]): ReturnType<Manifest['at']>;
}

function appOf(manifest: Manifest): App {
  const root = manifest.kind === 'ApplicationSet' ? ['spec', 'template'] : [];
  return {
    manifest,
    root,
    field: (...steps) => manifest.field(...root, ...steps),
    at: (...steps) => manifest.at(...root, ...steps),
  };
}

export const appsOf = (change: Versions<ManifestFile>): readonly AppChange[] =>
  pairsOf(change).flatMap(({ before, after }) =>
    after && isOf(after, ['Application', 'ApplicationSet'])
      ? [{ title: titleOfApp(after), before: before && appOf(before), after: appOf(after) }]
      : [],
  );

const titleOfApp = ({ kind, name }: Manifest): string =>
  kind === 'ApplicationSet' ? `every Application of ApplicationSet ${name}` : `Application ${name}`;

export const capital = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;

/** Synced without anybody asking: a block that is there, and not switched off. */
export const isAutomated = (app: App | undefined): boolean => {
  const automated = app?.field('spec', 'syncPolicy', 'automated');
  return automated !== undefined && automated !== false && fieldAt(automated, ['enabled']) !== false;
};

export const isAutomatedWith = (app: App | undefined, what: 'prune' | 'selfHeal' | 'allowEmpty'): boolean =>
  isAutomated(app) && app?.field('spec', 'syncPolicy', 'automated', what) === true;

/** An Application has one source or a list of them. */
export function sourcesOf(app: App): readonly { readonly value: Json; readonly steps: readonly Step[] }[] {
  const one = app.field('spec', 'source');
  if (one !== undefined) return [{ value: one, steps: ['spec', 'source'] }];
  return asList(app.field('spec', 'sources')).map((value, index) => ({ value, steps: ['spec', 'sources', index] }));
}

export const syncOptionsOf = (app: App | undefined): readonly string[] =>
  asList(app?.field('spec', 'syncPolicy', 'syncOptions')).flatMap((one) => asText(one) ?? []);

export const finalizersOf = (app: App): readonly string[] =>
  asList(app.field('metadata', 'finalizers')).flatMap((one) => asText(one) ?? []);

export const deletesResources = (finalizers: readonly string[]): boolean =>
  finalizers.some((one) => one.startsWith('resources-finalizer.argocd.argoproj.io'));

const site = 'https://argo-cd.readthedocs.io/en/stable';
export const docs = {
  autoSync: `${site}/user-guide/auto_sync/`,
  syncOptions: `${site}/user-guide/sync-options/`,
  deletion: `${site}/user-guide/app_deletion/`,
  tracking: `${site}/user-guide/tracking_strategies/`,
  setDeletion: `${site}/operator-manual/applicationset/Application-Deletion/`,
  windows: `${site}/user-guide/sync_windows/`,
  diffing: `${site}/user-guide/diffing/`,
  hooks: `${site}/user-guide/resource_hooks/`,
  projects: `${site}/user-guide/projects/`,
  specification: `${site}/user-guide/application-specification/`,
  skip: `${site}/user-guide/skip_reconcile/`,
} as const;
