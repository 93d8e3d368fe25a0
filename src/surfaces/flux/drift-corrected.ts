import type { Rule } from '../../model/surface.ts';
import { asText, titleOf } from '../manifest.ts';
import { docs, type FluxFile, presentOf } from './flux-object.ts';

export const driftCorrected: Rule<FluxFile> = {
  id: 'flux/drift-corrected',
  problem:
    'Flux corrects drift of this release: a fix by hand, with kubectl or `helm rollback`, is overwritten at the next reconciliation.',
  instead: 'In an emergency, suspend the release first, and bring Git in line before it is resumed.',
  source: docs.release,
  examples: {
    matches: [
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {driftDetection: {mode: enabled}}\n',
    ],
    passes: [
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {driftDetection: {mode: warn}}\n',
    ],
  },
  *find(change) {
    const steps = ['spec', 'driftDetection', 'mode'];
    for (const { before, after } of presentOf(change, 'HelmRelease')) {
      if (asText(after.field(...steps)) !== 'enabled' || asText(before?.field(...steps)) === 'enabled') continue;
      yield {
        message: `${titleOf(after)} corrects drift: what is repaired by hand is overwritten unless the release is suspended first.`,
        instead: `Before a repair by hand: \`flux suspend helmrelease ${after.name}\`.`,
        at: after.at(...steps),
      };
    }
  },
};
