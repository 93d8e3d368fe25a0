import type { Rule } from '../../model/surface.ts';
import { asText, titleOf } from '../manifest.ts';
import { docs, type FluxFile, presentOf } from './flux-object.ts';

export const crdsReplaced: Rule<FluxFile> = {
  id: 'flux/crds-replaced',
  problem:
    'The release overwrites its CRDs at each upgrade. Going back overwrites them with the older ones: fields they do not know are pruned, and a stored version they lack blocks the upgrade.',
  instead: 'Manage CRDs in a release of their own, and compare old and new CRDs before going back.',
  source: docs.release,
  examples: {
    matches: [
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {upgrade: {crds: CreateReplace}}\n',
    ],
    passes: [
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {upgrade: {crds: Skip}}\n',
    ],
  },
  *find(change) {
    const steps = ['spec', 'upgrade', 'crds'];
    for (const { before, after } of presentOf(change, 'HelmRelease')) {
      if (asText(after.field(...steps)) !== 'CreateReplace' || asText(before?.field(...steps)) === 'CreateReplace')
        continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-compatibility-window',
        message: `${titleOf(after)} overwrites its CRDs at each upgrade: going back to an older chart prunes fields the older CRDs do not know.`,
        instead: 'Compare the CRDs of both charts before going back.',
        closedBy: 'an object is stored with a version or a field that the older CRDs lack',
        probe: 'kubectl get crds -o custom-columns=NAME:.metadata.name,STORED:.status.storedVersions',
        at: after.at(...steps),
      };
    }
  },
};
