import type { Rule } from '../../model/surface.ts';
import { updatesOf } from '../manifest-changes.ts';
import { asText, titleOf } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { quantityOf } from './quantity.ts';

const size = ['spec', 'resources', 'requests', 'storage'] as const;

export const claimSize: Rule<ManifestFile> = {
  id: 'kubernetes/claim-size',
  problem: 'A volume grows and never shrinks: the old size is refused once the new one is applied.',
  instead: 'Grow in small steps. To go back to a smaller volume, make a new claim beside it and copy the data.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims',
  examples: {
    matches: [
      {
        before:
          'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {resources: {requests: {storage: 10Gi}}}\n',
        after:
          'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {resources: {requests: {storage: 20Gi}}}\n',
      },
    ],
    passes: [
      {
        before:
          'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {resources: {requests: {storage: 1Gi}}}\n',
        after:
          'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {resources: {requests: {storage: 1024Mi}}}\n',
      },
    ],
  },
  *find(change) {
    for (const { before, after } of updatesOf(change, 'PersistentVolumeClaim')) {
      const [was, is] = [quantityOf(before.field(...size)), quantityOf(after.field(...size))];
      if (was === undefined || is === undefined || was === is) continue;
      const moves = `${titleOf(after)}: storage ${asText(before.field(...size)) ?? ''} → ${asText(after.field(...size)) ?? ''}`;
      const common = {
        at: after.at(...size),
        probe: `kubectl get pvc ${after.name} -o jsonpath='{.status.capacity.storage}'`,
      };
      yield is > was
        ? {
            ...common,
            class: 'forward-only',
            message: `${moves}. A volume never shrinks: after this is applied, the old size is refused, and a revert of the file fails.`,
            instead: 'Keep the new size when everything else is reverted.',
            closedBy: 'the claim is resized',
          }
        : {
            ...common,
            class: 'reversible-with-manual-repair',
            classAfterWrites: 'non-recoverable-without-restore',
            message: `${moves}. The server refuses to shrink a claim; whoever recreates it to get there loses the data.`,
            instead: 'Keep the size. For a smaller volume make a new claim beside it and copy the data.',
          };
    }
  },
};
