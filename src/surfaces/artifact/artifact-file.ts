import type { Json } from '../../model/json.ts';
import type { Position } from '../manifest.ts';
import { type Steps, valueAt, yamlDocuments } from '../yaml-documents.ts';
import { isLock, type Pin, pinsOf } from './lock-file.ts';

export type Form = 'workflow' | 'lock' | 'retention' | 'protection';

/** A file that says which artifacts there are, which are used, and how long they are kept. */
export interface ArtifactFile {
  readonly path: string;
  readonly form: Form;
  readonly text: string;
  readonly value: Json | undefined;
  /** Of a lock file: what it binds, by name and version. */
  readonly pins: ReadonlyMap<string, Pin>;
  field(...steps: Steps): Json | undefined;
  at(...steps: Steps): Position;
}

const forms: readonly (readonly [Form, (path: string, text: string) => boolean])[] = [
  ['lock', isLock],
  [
    'workflow',
    (path, text) =>
      /(^|\/)\.github\/(?:workflows|actions)\/.*\.ya?ml$|(^|\/)action\.ya?ml$/.test(path) ||
      (/\.ya?ml$/.test(path) && /^jobs:/m.test(text) && /^\s+(?:- )?(?:uses|run):/m.test(text)),
  ],
  ['protection', (path, text) => /(^|\/)\.github\/settings\.ya?ml$/.test(path) || isProtection(text)],
  ['retention', (path, text) => /\.(?:json|ya?ml)$/i.test(path) && isRetention(text)],
];

const isProtection = (text: string): boolean =>
  /["']?allow_force_pushes["']?\s*:|"non_fast_forward"|"allows_force_pushes"/.test(text);

/** The words of the policies of ECR, Artifact Registry, Harbor and S3. */
const isRetention = (text: string): boolean =>
  /"countType"\s*:|"cleanupPolicies"|"mostRecentVersions"|"olderThan"|"latestP(?:ushed|ulled)K"|"NoncurrentVersionExpiration"|"NoncurrentDays"/.test(
    text,
  );

export const formOf = (path: string, text: string): Form | undefined => forms.find(([, is]) => is(path, text))?.[0];

/** @throws Fault invalid-input at the position */
export async function artifactFile(path: string, text: string, form: Form): Promise<ArtifactFile> {
  const isData = form === 'retention' || form === 'protection';
  const [document] = isData ? await yamlDocuments(text, path) : [];
  return {
    path,
    form,
    text,
    value: document?.value,
    pins: form === 'lock' ? pinsOf(path, text) : new Map<string, Pin>(),
    field: (...steps) => valueAt(document?.value, ...steps),
    at: (...steps) => document?.at(...steps) ?? { path, line: 1, column: 1 },
  };
}

/** A line that matches, with what the pattern's groups hold. */
export interface Line {
  readonly groups: readonly string[];
  readonly at: Position;
}
export const linesOf = (file: ArtifactFile | undefined, pattern: RegExp): readonly Line[] =>
  file?.text.split('\n').flatMap((text, index) => {
    const found = pattern.exec(text);
    return found
      ? [
          {
            groups: [...found].slice(1).map((one) => one ?? ''),
            at: { path: file.path, line: index + 1, column: found.index + 1 },
          },
        ]
      : [];
  }) ?? [];
