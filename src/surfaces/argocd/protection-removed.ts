import type { Rule } from '../../model/surface.ts';
import { asText, titleOf } from '../manifest.ts';
import { type ManifestFile, pairsOf } from '../manifests.ts';
import { docs } from './argo-object.ts';

const annotation = 'argocd.argoproj.io/sync-options';
const protection = /\b(?:Prune|Delete)=(?:false|confirm)\b/g;

export const protectionRemoved: Rule<ManifestFile> = {
  id: 'argocd/protection-removed',
  problem:
    'The object was kept from being pruned or deleted, and no longer is: the next sync without it deletes it, with its data.',
  instead: 'Leave `Prune=false` or `Prune=confirm` on what holds data.',
  source: docs.syncOptions,
  examples: {
    matches: [
      {
        before:
          'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, annotations: {argocd.argoproj.io/sync-options: Prune=false}}\n',
        after:
          'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, annotations: {argocd.argoproj.io/sync-options: ServerSideApply=true}}\n',
      },
    ],
    passes: [
      {
        before:
          'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, annotations: {argocd.argoproj.io/sync-options: Prune=false}}\n',
        after:
          'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, annotations: {argocd.argoproj.io/sync-options: Prune=confirm}}\n',
      },
    ],
  },
  *find(change) {
    for (const { before, after } of pairsOf(change)) {
      if (!before || !after) continue;
      const [then, now] = [before, after].map((one) =>
        (asText(one.field('metadata', 'annotations', annotation)) ?? '')
          .match(protection)
          ?.map((text) => text.split('=')[0]),
      );
      if (!then?.some((one) => !now?.includes(one))) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'non-recoverable-without-restore',
        message: `${titleOf(after)} is no longer protected: a sync that does not find it in Git, or the end of its Application, deletes it with what it holds.`,
        instead: 'Leave the protection on.',
        inverse: `${annotation}: ${asText(before.field('metadata', 'annotations', annotation)) ?? ''}`,
        closedBy: 'it is pruned',
        at: after.at('metadata', 'annotations'),
      };
    }
  },
};
