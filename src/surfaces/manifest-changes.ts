import type { Versions } from '../model/artifact.ts';
import { isSame } from '../model/same.ts';
import type { Manifest } from './manifest.ts';
import { pairsOf, type ManifestFile } from './manifests.ts';
import type { Step } from './yaml-position.ts';

export interface Updated {
  readonly before: Manifest;
  readonly after: Manifest;
}
type Change = Versions<ManifestFile>;

const isAsked = (kinds: readonly string[], { kind }: Manifest): boolean => kinds.length === 0 || kinds.includes(kind);

/** Objects that are in both versions, of these kinds, or of every kind when none is named. */
export function* updatesOf(change: Change, ...kinds: readonly string[]): Iterable<Updated> {
  for (const { before, after } of pairsOf(change)) {
    if (before && after && isAsked(kinds, after)) yield { before, after };
  }
}

/** Objects as they are after the change, with what they were where they were. */
export function* presentIn(
  change: Change,
  ...kinds: readonly string[]
): Iterable<{ readonly before?: Manifest; readonly after: Manifest }> {
  for (const { before, after } of pairsOf(change)) {
    if (after && isAsked(kinds, after)) yield before ? { before, after } : { after };
  }
}

export function* addedIn(change: Change, ...kinds: readonly string[]): Iterable<Manifest> {
  for (const { before, after } of pairsOf(change)) if (!before && after && isAsked(kinds, after)) yield after;
}

/** Objects that are gone: not those that only changed something of an object that another file still holds. */
export function* deletedIn(change: Change, ...kinds: readonly string[]): Iterable<Manifest> {
  for (const { before, after } of pairsOf(change)) {
    if (before && !after && isAsked(kinds, before) && isWhole(before)) yield before;
  }
}

/** What an object of this kind cannot be without: where it is missing, the text is a patch of it. */
const needed: Readonly<Record<string, readonly Step[]>> = {
  Deployment: ['spec', 'template', 'spec', 'containers', 0, 'image'],
  StatefulSet: ['spec', 'template', 'spec', 'containers', 0, 'image'],
  DaemonSet: ['spec', 'template', 'spec', 'containers', 0, 'image'],
  PersistentVolumeClaim: ['spec', 'accessModes'],
  PersistentVolume: ['spec', 'capacity'],
  CustomResourceDefinition: ['spec', 'names', 'kind'],
  Service: ['spec'],
};
const isPatchKey = (key: string): boolean => key === '$patch' || key === '$retainKeys';

function isWhole(manifest: Manifest): boolean {
  const path = needed[manifest.kind];
  return (path === undefined || manifest.field(...path) !== undefined) && !Object.keys(manifest.value).some(isPatchKey);
}

/** Whether what stands at a path differs between the two. */
export const differsAt = ({ before, after }: Updated, ...path: readonly Step[]): boolean =>
  !isSame(before.field(...path), after.field(...path));
