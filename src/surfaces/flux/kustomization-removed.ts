import type { Rule } from '../../model/surface.ts';
import { asText, type Manifest, titleOf } from '../manifest.ts';
import { docs, type FluxFile, removedOf } from './flux-object.ts';

export const kustomizationRemoved: Rule<FluxFile> = {
  id: 'flux/kustomization-removed',
  problem:
    'A Kustomization is taken away. With `prune`, Flux deletes everything it ever applied, volume claims with their data included.',
  instead: 'Set `deletionPolicy: Orphan` in an earlier change when the objects are to stay.',
  source: docs.kustomization,
  examples: {
    matches: [
      {
        before:
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {prune: true}\n',
      },
      {
        before:
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {prune: false}\n',
      },
    ],
    passes: [
      {
        before:
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {prune: true}\n',
        after:
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {prune: true, wait: true}\n',
      },
    ],
  },
  *find(change) {
    const removed = removedOf(change, 'Kustomization');
    const [deleted, left] = [removed.filter(deletes), removed.filter((one) => !deletes(one))];
    const [first] = deleted;
    const [orphan] = left;
    if (first)
      yield {
        class: 'reversible-with-manual-repair',
        message: `${namesOf(deleted)} removed with pruning on: Flux deletes all that was applied. A revert makes the objects anew, but volume claims come back empty.`,
        instead: 'Set `spec.deletionPolicy: Orphan` first when they are to stay; else back up their data.',
        probe: `flux tree kustomization ${first.name}`,
        closedBy: 'Flux finalizes the Kustomization',
        at: first.at('metadata', 'name'),
      };
    if (orphan)
      yield {
        class: 'fully-reversible',
        message: `${namesOf(left)} removed, and the objects stay in the cluster, owned by nobody. A revert takes them over again.`,
        instead: 'Delete what is not wanted by hand, and say so in the change.',
        at: orphan.at('metadata', 'name'),
      };
  },
};

const namesOf = (all: readonly Manifest[]): string =>
  all.length === 1 && all[0] ? `${titleOf(all[0])} is` : `Kustomizations ${all.map(({ name }) => name).join(', ')} are`;

/** Mirrors `prune` unless it says otherwise. */
function deletes(one: Manifest): boolean {
  const policy = asText(one.field('spec', 'deletionPolicy')) ?? 'MirrorPrune';
  if (one.field('spec', 'suspend') === true) return false;
  return (
    policy === 'Delete' ||
    policy === 'WaitForTermination' ||
    (policy === 'MirrorPrune' && one.field('spec', 'prune') !== false)
  );
}
