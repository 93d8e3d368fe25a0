import type { Rule } from '../../model/surface.ts';
import { titleOf } from '../manifest.ts';
import { pairsOf } from '../manifests.ts';
import { docs, type FluxFile, isFluxObject } from './flux-object.ts';

export const suspendDeclared: Rule<FluxFile> = {
  id: 'flux/suspend-declared',
  problem:
    '`suspend: false` is written in Git. Flux then owns the field: a suspension by hand in an emergency is taken back at the next reconciliation.',
  instead: 'Leave the field out: not suspended is the default.',
  source: docs.kustomization,
  examples: {
    matches: [
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {suspend: false}\n',
    ],
    passes: ['apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {interval: 5m}\n'],
  },
  *find(change) {
    for (const { before, after } of pairsOf(change)) {
      if (!after || !isFluxObject(after)) continue;
      if (after.field('spec', 'suspend') !== false || before?.field('spec', 'suspend') === false) continue;
      yield {
        message: `${titleOf(after)} declares that it is not suspended: Flux takes a suspension by hand back, so it cannot be stopped during a recovery.`,
        instead: 'Remove the line; not suspended is the default.',
        at: after.at('spec', 'suspend'),
      };
    }
  },
};
