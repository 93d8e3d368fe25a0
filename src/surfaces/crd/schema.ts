import { asFields, type Fields } from '../manifest.ts';
import type { Step } from '../yaml-position.ts';

/** Two schemas at the same place of an object. */
export interface SchemaPair {
  readonly before: Fields;
  readonly after: Fields;
  /** How people write the place: `.spec.items[].name`. */
  readonly field: string;
  /** Where it stands below the schema. */
  readonly path: readonly Step[];
}

/** Fields stay here that no property names. */
const keepsUnknown = (schema: Fields): boolean =>
  schema['x-kubernetes-preserve-unknown-fields'] === true ||
  schema['x-kubernetes-embedded-resource'] === true ||
  (schema['additionalProperties'] !== undefined && schema['additionalProperties'] !== false);

const propertiesOf = (schema: Fields): Fields => asFields(schema['properties']);

/** Every place that both schemas describe, outermost first. */
export function* placesInBoth(
  before: Fields,
  after: Fields,
  field = '',
  path: readonly Step[] = [],
): Iterable<SchemaPair> {
  yield { before, after, field, path };
  const old = propertiesOf(before);
  for (const [name, inner] of Object.entries(propertiesOf(after))) {
    if (!Object.hasOwn(old, name)) continue;
    yield* placesInBoth(asFields(old[name]), asFields(inner), `${field}.${name}`, [...path, 'properties', name]);
  }
  for (const [key, mark] of [
    ['items', '[]'],
    ['additionalProperties', '{}'],
  ] as const) {
    const [was, is] = [asFields(before[key]), asFields(after[key])];
    if (Object.keys(was).length > 0 && Object.keys(is).length > 0)
      yield* placesInBoth(was, is, field + mark, [...path, key]);
  }
}

/** Fields that only the second schema has, the outermost of each: what the first prunes from an object. */
export function* fieldsOnlyIn(before: Fields, after: Fields): Iterable<Pick<SchemaPair, 'field' | 'path'>> {
  for (const place of placesInBoth(before, after)) {
    if (keepsUnknown(place.before)) continue;
    const known = propertiesOf(place.before);
    for (const name of Object.keys(propertiesOf(place.after))) {
      if (!Object.hasOwn(known, name))
        yield { field: `${place.field}.${name}`, path: [...place.path, 'properties', name] };
    }
  }
}
