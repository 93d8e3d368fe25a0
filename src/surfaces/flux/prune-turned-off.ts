import type { Rule } from '../../model/surface.ts';
import { titleOf } from '../manifest.ts';
import { changedOf, docs, type FluxFile } from './flux-object.ts';

export const pruneTurnedOff: Rule<FluxFile> = {
  id: 'flux/prune-turned-off',
  problem:
    'Pruning is switched off. What a later change removes stays in the cluster, and Flux forgets that it ever owned it.',
  instead: 'Delete by hand what was removed in between, before pruning is switched on again.',
  source: docs.kustomization,
  examples: {
    matches: [{ before: kustomization('prune: true'), after: kustomization('prune: false') }],
    passes: [{ before: kustomization('prune: false'), after: kustomization('prune: false, wait: true') }],
  },
  *find(change) {
    for (const { before, after } of changedOf(change, 'Kustomization')) {
      if (before.field('spec', 'prune') !== true || after.field('spec', 'prune') === true) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `${titleOf(after)} no longer prunes: what a revert takes away stays in the cluster and has to be deleted by hand.`,
        instead: 'List the orphans before pruning is switched on again.',
        inverse: 'prune: true',
        closedBy: 'an object leaves the folder while pruning is off',
        at: after.at('spec', 'prune'),
      };
    }
  },
};

function kustomization(spec: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {${spec}}\n`;
}
