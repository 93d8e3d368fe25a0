import type { Rule } from '../../model/surface.ts';
import type { ManifestFile } from '../manifests.ts';
import { someOf } from '../some-of.ts';
import { definitionUpdates, sharedVersions } from './definition.ts';
import { crdExample } from './example.ts';
import { fieldsOnlyIn } from './schema.ts';

const spec = (properties: string): string =>
  crdExample(`{type: object, properties: {spec: {type: object, properties: {${properties}}}}}`);

export const rollbackPrunesFields: Rule<ManifestFile> = {
  id: 'crd/rollback-prunes-fields',
  problem:
    'The new definition has fields that the old one lacks. After a rollback the server drops them, one object at a time, whenever an object is written.',
  instead: 'Take the new fields out of the objects, or export the objects, before the definition goes back.',
  source:
    'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning',
  examples: {
    matches: [{ before: spec('a: {type: string}'), after: spec('a: {type: string}, b: {type: string}') }],
    passes: [
      { before: spec('a: {type: string}, b: {type: string}'), after: spec('a: {type: string}') },
      {
        before: crdExample('{type: object, x-kubernetes-preserve-unknown-fields: true}'),
        after: crdExample('{type: object, properties: {spec: {type: object}}}'),
      },
    ],
  },
  *find(change) {
    for (const update of definitionUpdates(change)) {
      for (const { before, after } of sharedVersions(update)) {
        const added = [...fieldsOnlyIn(before.schema ?? {}, after.schema ?? {})];
        const [first] = added;
        if (!first) continue;
        const { name, manifest } = update.after;
        const { keepsUnknownFields } = update.before;
        const gains = `${name} ${after.name} gains ${someOf(added.map(({ field }) => field))}`;
        yield {
          class: 'reversible-with-compatibility-window',
          classAfterWrites: keepsUnknownFields ? 'reversible-with-manual-repair' : 'non-recoverable-without-restore',
          message: keepsUnknownFields
            ? `${gains}. The old definition leaves unknown fields alone, so after a rollback they stay; the old controller does not know them, and drops them where it writes whole objects.`
            : `${gains}. After a rollback the server prunes ${added.length === 1 ? 'it' : 'them'} from each object at its next write, without a word.`,
          instead: 'Export the objects before the rollback, and take the new fields out of them first.',
          inverse: 'apply the previous definition',
          closedBy: 'an object is written that uses a new field',
          probe: `kubectl get ${name} --all-namespaces -o yaml > before-rollback.yaml`,
          at: manifest.at(...after.schemaPath, ...first.path),
        };
      }
    }
  },
};
