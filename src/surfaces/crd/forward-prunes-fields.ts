import type { Rule } from '../../model/surface.ts';
import type { ManifestFile } from '../manifests.ts';
import { someOf } from '../some-of.ts';
import { definitionUpdates, sharedVersions } from './definition.ts';
import { crdExample } from './example.ts';
import { fieldsOnlyIn } from './schema.ts';

const spec = (properties: string): string => crdExample(`{type: object, properties: {${properties}}}`);

export const forwardPrunesFields: Rule<ManifestFile> = {
  id: 'crd/forward-prunes-fields',
  problem:
    'The new definition lacks fields of the old one. The server accepts that, and drops their values one object at a time.',
  instead: 'Keep the fields, deprecated, until no object holds them; export the objects before they go.',
  source:
    'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning',
  examples: {
    matches: [{ before: spec('a: {type: string}, b: {type: string}'), after: spec('a: {type: string}') }],
    passes: [{ before: spec('a: {type: string}'), after: spec('a: {type: string}, b: {type: string}') }],
  },
  *find(change) {
    for (const update of definitionUpdates(change)) {
      if (update.after.keepsUnknownFields) continue;
      for (const { before, after } of sharedVersions(update)) {
        const gone = [...fieldsOnlyIn(after.schema ?? {}, before.schema ?? {})];
        const [first] = gone;
        if (!first) continue;
        const { name, manifest } = update.after;
        yield {
          class: 'fully-reversible',
          classAfterWrites: 'non-recoverable-without-restore',
          message: `${name} ${after.name} loses ${someOf(gone.map(({ field }) => field))}. The server prunes what objects hold there at their next write; a rollback of the definition brings back the field, not its value.`,
          instead: 'Export the objects first, and go on only when no object holds the field.',
          inverse: 'apply the previous definition, then the exported objects',
          closedBy: 'an object that holds the field is written',
          probe: `kubectl get ${name} --all-namespaces -o yaml`,
          at: manifest.at(...after.schemaPath, ...first.path.slice(0, -1)),
        };
      }
    }
  },
};
