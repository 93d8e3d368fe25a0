import type { Rule } from '../../model/surface.ts';
import type { ManifestFile } from '../manifests.ts';
import { definitionUpdates } from './definition.ts';
import { crdExample } from './example.ts';

const version = (name: string, isServed: boolean, isStored: boolean): string =>
  `{name: ${name}, served: ${String(isServed)}, storage: ${String(isStored)}, schema: {openAPIV3Schema: {type: object}}}`;
const crd = (...versions: readonly string[]): string => crdExample('', `[${versions.join(', ')}]`);

export const versionWithdrawn: Rule<ManifestFile> = {
  id: 'crd/version-withdrawn',
  problem:
    'A version is no longer served, or leaves the definition: manifests, charts and clients written in it fail, rollbacks to them included.',
  instead: 'Serve it until nothing asks for it; take it out of the definition only when no object is stored in it.',
  source:
    'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#upgrade-existing-objects-to-a-new-stored-version',
  examples: {
    matches: [
      { before: crd(version('v1', true, false), version('v2', true, true)), after: crd(version('v2', true, true)) },
      {
        before: crd(version('v1', true, false), version('v2', true, true)),
        after: crd(version('v1', false, false), version('v2', true, true)),
      },
    ],
    passes: [
      { before: crd(version('v1', true, true)), after: crd(version('v1', true, true), version('v2', true, false)) },
    ],
  },
  *find(change) {
    for (const { before, after } of definitionUpdates(change)) {
      for (const old of before.versions) {
        const now = after.versions.find(({ name }) => name === old.name);
        if (!now) {
          yield {
            class: old.isStored ? 'reversible-with-manual-repair' : 'reversible-with-compatibility-window',
            message: `${after.name} no longer has ${old.name}. ${
              old.isStored
                ? 'Objects are stored in it, so the server refuses the new definition until they are migrated.'
                : 'If any object was ever stored in it, the server refuses the new definition. Manifests and clients written in it fail, and so does a rollback of a release that holds them.'
            }`,
            instead:
              'Keep it with served: false, rewrite every object, take it out of status.storedVersions, and remove it then.',
            inverse: 'apply the previous definition',
            closedBy: 'a release is rolled back whose manifests are written in it',
            probe: `kubectl get crd ${after.name} -o jsonpath='{.status.storedVersions}'`,
            at: after.manifest.at('spec', 'versions'),
          };
        } else if (old.isServed && !now.isServed) {
          yield {
            class: 'fully-reversible',
            classAfterWrites: 'reversible-with-compatibility-window',
            message: `${after.name} ${old.name} is no longer served. Manifests, charts and clients written in it fail, also those that a rollback would apply.`,
            instead: 'Move everything that is written in it to the version that stays, stored Helm releases included.',
            inverse: `served: true for ${old.name}`,
            at: after.manifest.at(...now.path, 'served'),
          };
        }
      }
    }
  },
};
