import type { Rule } from '../../model/surface.ts';
import { presentIn } from '../manifest-changes.ts';
import { titleOf } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';

const owned = ['uid', 'resourceVersion', 'selfLink', 'managedFields'] as const;

export const serverOwned: Rule<ManifestFile> = {
  id: 'kubernetes/server-owned',
  problem:
    'A manifest carries what the server writes (uid, resourceVersion): it fits one moment of one object, and is refused after it.',
  instead:
    'Strip them, and `status`, before a manifest that was read from a cluster is kept as something to go back to.',
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions',
  examples: {
    matches: ["apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web, resourceVersion: '12'}\n"],
    passes: ['apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n'],
  },
  *find(change) {
    for (const { before, after } of presentIn(change)) {
      const field = owned.find((one) => after.field('metadata', one) !== undefined);
      if (!field || before?.field('metadata', field) !== undefined) continue;
      yield {
        class: 'reversible-with-manual-repair',
        message: `${titleOf(after)} carries metadata.${field}, which the server owns. Applied to an object that has moved on, or was made anew, it is refused: as a way back this file does not hold.`,
        instead: 'Strip what the server writes.',
        at: after.at('metadata', field),
      };
    }
  },
};
