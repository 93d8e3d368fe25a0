import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asList, asText, type Fields } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { someOf } from '../some-of.ts';
import { definitionUpdates, sharedVersions } from './definition.ts';
import { crdExample } from './example.ts';
import { placesInBoth, type SchemaPair } from './schema.ts';

const schema = (more: string): string => crdExample(`{type: object, properties: {mode: {type: string${more}}}}`);

export const rollbackTightens: Rule<ManifestFile> = {
  id: 'crd/rollback-tightens',
  problem:
    'The old definition demands a field, or lacks a value, that objects of the new one need not respect: after a rollback they can no longer be written.',
  instead: 'Correct the objects first, so that they are valid under both definitions, then go back.',
  source: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation',
  examples: {
    matches: [
      { before: crdExample('{type: object, required: [spec]}'), after: crdExample('{type: object}') },
      { before: schema(', enum: [a]'), after: schema(', enum: [a, b]') },
    ],
    passes: [{ before: schema(', enum: [a, b]'), after: schema(', enum: [a]') }],
  },
  *find(change) {
    for (const update of definitionUpdates(change)) {
      for (const { before, after } of sharedVersions(update)) {
        const found = [...placesInBoth(before.schema ?? {}, after.schema ?? {})].flatMap(tighteningAt);
        const [first] = found;
        if (!first) continue;
        const { name, manifest } = update.after;
        yield {
          class: 'reversible-with-compatibility-window',
          classAfterWrites: 'reversible-with-manual-repair',
          message: `${name} ${after.name}: after a rollback ${someOf(found.map(({ what }) => what))}. Objects that were written meanwhile may then be refused at every write, their status included.`,
          instead: 'List the objects that the old definition would refuse, and correct them before the rollback.',
          inverse: 'apply the previous definition',
          closedBy: 'an object is written that the old definition refuses',
          probe: 'kubectl apply --dry-run=server -f <the exported objects>, on a cluster with the old definition',
          at: manifest.at(...after.schemaPath, ...first.path),
        };
      }
    }
  },
};

function tighteningAt({
  before,
  after,
  field,
  path,
}: SchemaPair): readonly { what: string; path: SchemaPair['path'] }[] {
  const place = field === '' ? 'the object' : field;
  const demanded = missingFrom(after, before, 'required');
  const values = missingFrom(before, after, 'enum');
  return [
    ...(demanded.length > 0 ? [{ what: `${place} must have ${demanded.join(', ')} again`, path }] : []),
    ...(values.length > 0
      ? [
          {
            what:
              before['enum'] === undefined
                ? `nothing says that the old version knows ${values.join(', ')} in ${place}`
                : `${place} may not be ${values.join(', ')}`,
            path: [...path, 'enum'],
          },
        ]
      : []),
  ];
}

/** What a list of the second has and the first has not. */
const missingFrom = (first: Fields, second: Fields, list: string): readonly string[] =>
  asList(second[list])
    .filter((one) => !asList(first[list]).some((known) => isSame(known, one)))
    .map((one) => asText(one) ?? JSON.stringify(one));
