import type { Rule } from '../../model/surface.ts';
import { updatesOf } from '../manifest-changes.ts';
import { titleOf } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { keptBy } from './kept.ts';

export const protectionRemoved: Rule<ManifestFile> = {
  id: 'kubernetes/protection-removed',
  problem: 'A mark that keeps an object when its file goes away is taken off: the next removal will delete it.',
  instead: 'Leave the mark on objects that hold data.',
  source: 'https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource',
  examples: {
    matches: [
      {
        before: 'apiVersion: v1\nkind: Secret\nmetadata: {name: key, annotations: {helm.sh/resource-policy: keep}}\n',
        after: 'apiVersion: v1\nkind: Secret\nmetadata: {name: key}\n',
      },
    ],
    passes: [
      {
        before: 'apiVersion: v1\nkind: Secret\nmetadata: {name: key, annotations: {helm.sh/resource-policy: keep}}\n',
        after:
          'apiVersion: v1\nkind: Secret\nmetadata: {name: key, labels: {a: b}, annotations: {helm.sh/resource-policy: keep}}\n',
      },
    ],
  },
  *find(change) {
    for (const { before, after } of updatesOf(change)) {
      const left = keptBy(after);
      for (const annotation of keptBy(before).filter((one) => !left.includes(one))) {
        yield {
          class: 'fully-reversible',
          classAfterWrites: 'reversible-with-compatibility-window',
          message: `${titleOf(after)} loses ${annotation}: from now on it is deleted when its file or its release is.`,
          instead: 'Put the mark back before anything is removed.',
          closedBy: 'the object is removed from its file or release',
          at: after.at('metadata', 'annotations'),
        };
      }
    }
  },
};
