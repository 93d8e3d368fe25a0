import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asList } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { changedOf, docs } from './argo-object.ts';
import { project } from './example.ts';

/** Allowed lists that may lose an entry, and denied ones that may gain one. */
const fields = {
  sourceRepos: 'allowed',
  destinations: 'allowed',
  sourceNamespaces: 'allowed',
  clusterResourceWhitelist: 'allowed',
  namespaceResourceWhitelist: 'allowed',
  clusterResourceBlacklist: 'denied',
  namespaceResourceBlacklist: 'denied',
} as const;

export const projectNarrowed: Rule<ManifestFile> = {
  id: 'argocd/project-narrowed',
  problem:
    'The project allows less: an older revision that needs what it no longer allows cannot be synced, so the way back of other changes is cut.',
  instead: 'Narrow a project only after the window of the last change that needed it is over.',
  source: docs.projects,
  examples: {
    matches: [{ before: project('sourceRepos: [a, b]'), after: project('sourceRepos: [a]') }],
    passes: [{ before: project('sourceRepos: [a]'), after: project('sourceRepos: [a, b]') }],
  },
  *find(change) {
    for (const { before, after } of changedOf(change, 'AppProject')) {
      const narrowed = Object.entries(fields).filter(([field, kind]) => {
        const [then, now] = [before, after].map((one) => asList(one.field('spec', field)));
        const [all, some] = kind === 'allowed' ? [then, now] : [now, then];
        return all?.some((one) => !some?.some((other) => isSame(one, other)));
      });
      const [first] = narrowed;
      if (!first) continue;
      yield {
        class: 'fully-reversible',
        message: `AppProject ${after.name} allows less (${narrowed.map(([field]) => field).join(', ')}): older revisions that need it are refused, so other changes lose their way back.`,
        instead: 'Before another change goes back, revert this one first.',
        probe: `argocd proj get ${after.name}`,
        at: after.at('spec', first[0]),
      };
    }
  },
};
