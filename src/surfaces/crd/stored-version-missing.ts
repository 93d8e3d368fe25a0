import type { Rule } from '../../model/surface.ts';
import type { ManifestFile } from '../manifests.ts';
import { definitionUpdates } from './definition.ts';
import { crdExample } from './example.ts';

const v1 = '{name: v1, served: true, storage: STORED, schema: {openAPIV3Schema: {type: object}}}';
const v2 = v1.replace('v1', 'v2');
const asStored = (one: string): string => one.replace('STORED', 'true');
const asKept = (one: string): string => one.replace('STORED', 'false');

export const storedVersionMissing: Rule<ManifestFile> = {
  id: 'crd/stored-version-missing',
  problem:
    'Objects will be stored in a version that the old definition does not know. Once the new one is applied, the old one is refused.',
  instead:
    'Add the new version first, served and not stored. Make it the stored one in a later release, when no rollback to before it is wanted.',
  source:
    'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#upgrade-existing-objects-to-a-new-stored-version',
  examples: {
    matches: [
      { before: crdExample('', `[${asStored(v1)}]`), after: crdExample('', `[${asKept(v1)}, ${asStored(v2)}]`) },
    ],
    passes: [
      { before: crdExample('', `[${asStored(v1)}]`), after: crdExample('', `[${asStored(v1)}, ${asKept(v2)}]`) },
      {
        before: crdExample('', `[${asStored(v1)}, ${asKept(v2)}]`),
        after: crdExample('', `[${asKept(v1)}, ${asStored(v2)}]`),
      },
    ],
  },
  *find(change) {
    for (const { before, after } of definitionUpdates(change)) {
      const stored = after.versions.find((one) => one.isStored);
      if (!stored || before.versions.length === 0 || before.versions.some(({ name }) => name === stored.name)) continue;
      yield {
        class: 'reversible-with-manual-repair',
        classAfterWrites: 'non-recoverable-without-restore',
        message: `${after.name} is stored as ${stored.name} from now on, which the previous definition does not have. From the first moment the server lists ${stored.name} in status.storedVersions and refuses the old definition; forced, the old controller cannot read the objects.`,
        instead: `Release ${stored.name} served and not stored first. To go back all the same: keep ${stored.name} in the old definition (served: false), store the old version, rewrite every object, and take ${stored.name} out of status.storedVersions.`,
        closedBy: 'the new definition is applied',
        probe: `kubectl get crd ${after.name} -o jsonpath='{.status.storedVersions}'`,
        at: after.manifest.at(...stored.path, 'storage'),
      };
    }
  },
};
