import type { Rule } from '../../model/surface.ts';
import type { ManifestFile } from '../manifests.ts';
import { definitionUpdates, storedIn } from './definition.ts';
import { crdExample } from './example.ts';

const version = (name: string, isStored: boolean): string =>
  `{name: ${name}, served: true, storage: ${String(isStored)}, schema: {openAPIV3Schema: {type: object}}}`;
const crd = (stored: 'v1' | 'v2'): string =>
  crdExample('', `[${version('v1', stored === 'v1')}, ${version('v2', stored === 'v2')}]`);

export const storageMoves: Rule<ManifestFile> = {
  id: 'crd/storage-moves',
  problem:
    'Objects are stored in another version from now on: those that are written move, the others stay, and both must be readable.',
  instead:
    'Serve both, let the controller support both, migrate every object, watch, and only then stop serving the old one.',
  source: 'https://kubernetes.io/docs/tasks/manage-kubernetes-objects/storage-version-migration/',
  examples: {
    matches: [{ before: crd('v1'), after: crd('v2') }],
    passes: [{ before: crd('v1'), after: crd('v1') + '\n# the same\n' }],
  },
  *find(change) {
    for (const { before, after } of definitionUpdates(change)) {
      const [was, is] = [storedIn(before), storedIn(after)];
      if (was === undefined || is === undefined || was === is) continue;
      const stored = after.versions.find(({ isStored }) => isStored);
      yield {
        class: 'reversible-with-compatibility-window',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `${after.name} is stored as ${is} instead of ${was}. Each object moves when it is next written; the way back needs a definition that has ${is}, a conversion to ${was}, and every object rewritten.`,
        instead: `Keep ${was} served until every object is migrated and status.storedVersions holds ${is} alone.`,
        inverse: `storage: true for ${was}, then rewrite every object`,
        closedBy: `${is} is the only stored version, and ${was} leaves the definition`,
        probe: `kubectl get crd ${after.name} -o jsonpath='{.status.storedVersions}'`,
        at: after.manifest.at(...(stored?.path ?? ['spec']), 'storage'),
      };
    }
  },
};
