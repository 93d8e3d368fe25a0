import type { Rule } from '../../model/surface.ts';
import { asNumber, type Manifest, titleOf } from '../manifest.ts';
import { docs, type FluxFile, presentOf } from './flux-object.ts';

export const historyShortened: Rule<FluxFile> = {
  id: 'flux/history-shortened',
  problem:
    'Fewer revisions of the release are kept. Those beyond the limit are deleted, and with them the way back to them.',
  instead: 'Keep at least the five revisions that Flux keeps by default.',
  source: docs.release,
  examples: {
    matches: [
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {maxHistory: 1}\n',
      {
        before:
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {maxHistory: 0}\n',
        after:
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {maxHistory: 3}\n',
      },
    ],
    passes: [
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {maxHistory: 3}\n',
      {
        before:
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {maxHistory: 3}\n',
        after:
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {maxHistory: 0}\n',
      },
    ],
  },
  *find(change) {
    for (const { before, after } of presentOf(change, 'HelmRelease')) {
      const [then, now] = [before && limitOf(before), limitOf(after)];
      if (then === undefined ? now > 1 : now >= then) continue;
      yield {
        class: then === undefined ? 'fully-reversible' : 'reversible-with-manual-repair',
        message: `${titleOf(after)} keeps ${String(now)} revision${now === 1 ? '' : 's'} of its release: older ones are deleted, and Helm cannot roll back to them.`,
        instead: 'Keep five or more.',
        probe: `helm history ${after.name}`,
        closedBy: 'the next upgrade deletes the revisions beyond the limit',
        at: after.at('spec', 'maxHistory'),
      };
    }
  },
};

/** Five unless it is said; zero is no limit. */
function limitOf(release: Manifest): number {
  const limit = asNumber(release.field('spec', 'maxHistory')) ?? 5;
  return limit === 0 ? Number.POSITIVE_INFINITY : limit;
}
