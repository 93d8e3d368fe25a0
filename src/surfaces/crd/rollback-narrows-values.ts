import type { Rule } from '../../model/surface.ts';
import type { ManifestFile } from '../manifests.ts';
import { someOf } from '../some-of.ts';
import { definitionUpdates, sharedVersions } from './definition.ts';
import { crdExample } from './example.ts';
import { placesInBoth } from './schema.ts';
import { limitsOf, placeName } from './stricter.ts';

const schema = (more: string): string => crdExample(`{type: object, properties: {size: {${more}}}}`);

export const rollbackNarrowsValues: Rule<ManifestFile> = {
  id: 'crd/rollback-narrows-values',
  problem: 'The old definition refuses values that the new one lets through (type, bound, pattern, rule).',
  instead: 'Keep to values that both definitions allow until the rollback is out of question.',
  source:
    'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-ratcheting',
  examples: {
    matches: [
      { before: schema('type: integer, maximum: 5'), after: schema('type: integer, maximum: 9') },
      { before: schema('type: integer'), after: schema('type: string') },
    ],
    passes: [{ before: schema('type: integer, maximum: 9'), after: schema('type: integer, maximum: 5') }],
  },
  *find(change) {
    for (const update of definitionUpdates(change)) {
      for (const { before, after } of sharedVersions(update)) {
        const found = [...placesInBoth(before.schema ?? {}, after.schema ?? {})].flatMap((place) =>
          limitsOf(place.after, place.before, placeName(place)).map(({ what }) => ({ what, path: place.path })),
        );
        const [first] = found;
        if (!first) continue;
        const { name, manifest } = update.after;
        const isType = found.some(({ what }) => what.includes(' must be '));
        yield {
          class: 'fully-reversible',
          classAfterWrites: isType ? 'reversible-with-manual-repair' : 'reversible-with-compatibility-window',
          message: `${name} ${after.name}: after a rollback ${someOf(found.map(({ what }) => what))} again. Objects that make use of the new freedom are refused when that field is next written.`,
          instead: 'List the objects that the old definition would refuse, and correct them before the rollback.',
          inverse: 'apply the previous definition',
          closedBy: 'an object is written that the old definition refuses',
          at: manifest.at(...after.schemaPath, ...first.path),
        };
      }
    }
  },
};
