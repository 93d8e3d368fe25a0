import type { Rule } from '../../model/surface.ts';
import { asText, titleOf } from '../manifest.ts';
import { changedOf, docs, type FluxFile } from './flux-object.ts';

export const sourceMoved: Rule<FluxFile> = {
  id: 'flux/source-moved',
  problem:
    'Charts or manifests come from another address. Going back needs the old one to answer still, with the old versions in it.',
  instead: 'Keep the old repository until the window to go back is over.',
  source: docs.oci,
  examples: {
    matches: [
      {
        before:
          'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: web}\nspec: {url: "oci://ghcr.io/a/web"}\n',
        after:
          'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: web}\nspec: {url: "oci://ghcr.io/b/web"}\n',
      },
    ],
    passes: [
      {
        before:
          'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: web}\nspec: {url: "oci://ghcr.io/a/web"}\n',
        after:
          'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: web}\nspec: {interval: 1h, url: "oci://ghcr.io/a/web"}\n',
      },
    ],
  },
  *find(change) {
    for (const { before, after } of changedOf(change, 'OCIRepository', 'GitRepository', 'HelmRepository', 'Bucket')) {
      const [then, now] = [asText(before.field('spec', 'url')), asText(after.field('spec', 'url'))];
      if (then === undefined || now === undefined || bare(then) === bare(now)) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-compatibility-window',
        message: `${titleOf(after)} comes from ${bare(now)} instead of ${bare(then)}. Going back works while the old address answers.`,
        instead: 'Keep the old repository until nobody goes back any more.',
        closedBy: 'the old repository, or the version that was used, is deleted',
        at: after.at('spec', 'url'),
      };
    }
  },
};

/** Without a name and password, which are nobody's business here. */
const bare = (url: string): string =>
  url
    .replace(/\/\/[^/@]*@/, '//')
    .replace(/\?.*$/, '')
    .replace(/\/$/, '');
