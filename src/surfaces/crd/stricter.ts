import { isSame } from '../../model/same.ts';
import { asFields, asList, asNumber, asText, type Fields } from '../manifest.ts';
import type { SchemaPair } from './schema.ts';

/** One way in which a schema refuses what another lets through, at one place. */
export interface Stricter {
  readonly what: string;
  /** The key of the schema that says so. */
  readonly key: string;
}

const upper = ['maximum', 'maxLength', 'maxItems', 'maxProperties'];
const lower = ['minimum', 'minLength', 'minItems', 'minProperties'];
const exact = ['pattern', 'format', 'multipleOf'];

/** Required fields and lists of values: what the next schema demands that this one did not. */
export function demandsOf(loose: Fields, strict: Fields, place: string): readonly Stricter[] {
  const required = textsOnlyIn(strict['required'], loose['required']);
  const refused = strict['enum'] === undefined ? [] : textsOnlyIn(loose['enum'], strict['enum']);
  return [
    ...(required.length > 0 ? [{ what: `${place} must have ${required.join(', ')}`, key: 'required' }] : []),
    ...(refused.length > 0 ? [{ what: `${place} may not be ${refused.join(', ')}`, key: 'enum' }] : []),
    ...(strict['enum'] !== undefined && loose['enum'] === undefined
      ? [{ what: `${place} must be one of ${textsOnlyIn(strict['enum'], undefined).join(', ')}`, key: 'enum' }]
      : []),
  ];
}

/** Types, bounds, patterns and rules: which values the second schema refuses and the first does not. */
export function limitsOf(loose: Fields, strict: Fields, place: string): readonly Stricter[] {
  const bounds = (keys: readonly string[], isTighter: (a: number, b: number) => boolean): readonly Stricter[] =>
    keys.flatMap((key) => {
      const [was, is] = [asNumber(loose[key]), asNumber(strict[key])];
      return is !== undefined && (was === undefined || isTighter(is, was))
        ? [{ what: `${place} has ${key} ${is}`, key }]
        : [];
    });
  const rules = rulesOnlyIn(strict, loose);
  return [
    ...(isAnotherType(loose, strict)
      ? [{ what: `${place} must be ${asText(strict['type']) ?? 'something else'}`, key: 'type' }]
      : []),
    ...bounds(upper, (a, b) => a < b),
    ...bounds(lower, (a, b) => a > b),
    ...exact
      .filter((key) => strict[key] !== undefined && !isSame(strict[key], loose[key]))
      .map((key) => ({ what: `${place} must keep to another ${key}`, key })),
    ...(loose['nullable'] === true && strict['nullable'] !== true
      ? [{ what: `${place} may not be null`, key: 'nullable' }]
      : []),
    ...(strict['uniqueItems'] === true && loose['uniqueItems'] !== true
      ? [{ what: `${place} may not repeat an item`, key: 'uniqueItems' }]
      : []),
    ...(rules.length > 0
      ? [{ what: `${place} must satisfy ${rules.join(' and ')}`, key: 'x-kubernetes-validations' }]
      : []),
  ];
}

/** Only where the second names a type: without one, anything goes. */
function isAnotherType(loose: Fields, strict: Fields): boolean {
  if (strict['type'] === undefined || strict['x-kubernetes-int-or-string'] === true) return false;
  if (strict['type'] === loose['type']) return loose['x-kubernetes-int-or-string'] === true;
  return !(strict['type'] === 'number' && loose['type'] === 'integer');
}

const rulesOnlyIn = (one: Fields, other: Fields): readonly string[] => {
  const rules = (of: Fields) =>
    asList(of['x-kubernetes-validations']).flatMap((rule) => asText(asFields(rule)['rule']) ?? []);
  const known = new Set(rules(other));
  return rules(one)
    .filter((rule) => !known.has(rule))
    .map((rule) => `\`${rule.replace(/\s+/g, ' ').slice(0, 80)}\``);
};

function textsOnlyIn(one: Fields[string] | undefined, other: Fields[string] | undefined): readonly string[] {
  const known = new Set(asList(other).map((item) => JSON.stringify(item)));
  return asList(one)
    .filter((item) => !known.has(JSON.stringify(item)))
    .map((item) => asText(item) ?? JSON.stringify(item));
}

export const placeName = ({ field }: SchemaPair): string => (field === '' ? 'the object' : field);
