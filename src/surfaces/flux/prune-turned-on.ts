import type { Rule } from '../../model/surface.ts';
import { titleOf } from '../manifest.ts';
import { changedOf, docs, type FluxFile } from './flux-object.ts';

export const pruneTurnedOn: Rule<FluxFile> = {
  id: 'flux/prune-turned-on',
  problem:
    'Pruning is switched on: from now on, whatever leaves the folder, or the Kustomization itself, is deleted from the cluster.',
  instead: 'Look at what the Kustomization owns before the merge, and protect what holds data.',
  source: docs.kustomization,
  examples: {
    matches: [{ before: kustomization('prune: false'), after: kustomization('prune: true') }],
    passes: [{ before: kustomization('prune: true'), after: kustomization('prune: true, wait: true') }],
  },
  *find(change) {
    for (const { before, after } of changedOf(change, 'Kustomization')) {
      if (before.field('spec', 'prune') === true || after.field('spec', 'prune') !== true) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `${titleOf(after)} prunes from now on: an object that leaves the folder is deleted, and with a volume claim its data.`,
        instead: 'Annotate what holds data with `kustomize.toolkit.fluxcd.io/prune: disabled`.',
        inverse: 'prune: false',
        closedBy: 'Flux prunes the first object',
        probe: `flux tree kustomization ${after.name}`,
        at: after.at('spec', 'prune'),
      };
    }
  },
};

function kustomization(spec: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {${spec}}\n`;
}
