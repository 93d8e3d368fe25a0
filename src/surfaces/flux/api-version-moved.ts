import type { Rule } from '../../model/surface.ts';
import type { Manifest } from '../manifest.ts';
import { pairsOf } from '../manifests.ts';
import { type FluxFile, isFluxObject } from './flux-object.ts';

export const apiVersionMoved: Rule<FluxFile> = {
  id: 'flux/api-version-moved',
  problem: 'A Flux object is written in a newer API version. Going back needs a Flux that still serves the older one.',
  instead: 'Move the API version in a change of its own, and upgrade Flux past the old one only later.',
  source: 'https://fluxcd.io/flux/releases/',
  examples: {
    matches: [
      {
        before: 'apiVersion: helm.toolkit.fluxcd.io/v2beta1\nkind: HelmRelease\nmetadata: {name: web}\nspec: {}\n',
        after: 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {}\n',
      },
    ],
    passes: [
      {
        before: 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {}\n',
        after:
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {interval: 1h}\n',
      },
    ],
  },
  *find(change) {
    const moved = pairsOf(change).flatMap(({ before, after }) =>
      before && after && isFluxObject(after) && before.apiVersion !== after.apiVersion ? [{ before, after }] : [],
    );
    const [first] = moved;
    if (!first) return;
    const { before, after } = first;
    const more = moved.length > 1 ? ` and ${String(moved.length - 1)} more` : '';
    yield {
      class: 'reversible-with-compatibility-window',
      message: `${after.kind} ${after.name}${more}: ${before.apiVersion} → ${versionOf(after)}. Going back works while the cluster serves ${versionOf(before)}.`,
      instead: 'Before going back, ask the cluster which versions it serves.',
      probe: `kubectl api-resources --api-group=${after.group} -o wide; kubectl get --raw /apis/${before.apiVersion}`,
      closedBy: 'Flux is upgraded to a release that no longer serves the older version',
      at: after.at('apiVersion'),
    };
  },
};

const versionOf = ({ apiVersion }: Manifest): string => apiVersion.replace(/^.*\//, '');
