/**
 * The params of an operation as a form for a person. The schema is the operation's own; what only machines read is
 * taken out: markers that a form would take for "may not be changed", and envelopes of secrets, in whose place stands
 * the way to give a secret (`generate`, or typed and sealed on arrival).
 */
import type { Json } from '../src/model/json.ts';
import { fieldName } from './names.ts';

export type Schema = { readonly [key: string]: Json };

/** Marks the place where a secret is given: `secretField` draws it. */
const secretId = 'secret';

export const isObjectSchema = (value: Json | undefined): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param schema JSON Schema of the params, as `GET /operations` answers it */
export function formSchema(schema: Json): Schema {
  return isObjectSchema(schema) ? simplified(schema) : {};
}

const machineWords = new Set(['$schema', 'readOnly', 'contentEncoding', 'format']);

function simplified(schema: Schema): Schema {
  if (isSecret(schema))
    return {
      $id: secretId,
      type: 'object',
      minProperties: 1,
      properties: { $plain: { type: 'string', minLength: 1 } },
      ...(schema['title'] && { title: schema['title'] }),
    };
  const own: Record<string, Json> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (machineWords.has(key)) continue;
    if (key === 'properties' && isObjectSchema(value)) own[key] = titled(value, schema['required']);
    else if (key === 'items' && isObjectSchema(value)) own[key] = simplified(value);
    else if (key === 'anyOf' && Array.isArray(value)) continue;
    else own[key] = value;
  }
  const anyOf = schema['anyOf'];
  return Array.isArray(anyOf) ? { ...own, ...choice(flatOptions(anyOf as readonly Json[])) } : own;
}

/** A mark that may only be set or left out is set in the change file. */
const isOptionalMark = (value: Json, name: string, required: Json | undefined): boolean =>
  isObjectSchema(value) && 'const' in value && !(Array.isArray(required) && required.includes(name));

const titled = (properties: Schema, required: Json | undefined): Schema =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([name, value]) => !isOptionalMark(value, name, required))
      .map(([name, value]) => [
        name,
        isObjectSchema(value) ? { title: fieldName(name).name, ...simplified(value) } : value,
      ]),
  );

/** `a | (b | c)` is one choice of three. */
const flatOptions = (options: readonly Json[]): readonly Schema[] =>
  options.filter(isObjectSchema).flatMap((option) => {
    const inner = option['anyOf'];
    return Array.isArray(inner) && Object.keys(option).length === 1 ? flatOptions(inner as readonly Json[]) : [option];
  });

/** A name or a number is typed as text; else the choice is shown, each option by what sets it apart. */
function choice(options: readonly Schema[]): Schema {
  const text = options.find((option) => option['type'] === 'string');
  if (text && options.every((option) => option['type'] === 'string' || option['type'] === 'integer'))
    return { ...simplified(text), type: ['string', 'integer'] };
  const shared = options.map(namesOf).reduce((all, names) => all.filter((name) => names.includes(name)));
  return {
    anyOf: options.map((option) => ({
      title: optionTitle(option, shared),
      // As a type it would be taken for what an empty field means.
      ...(option['type'] === 'null' ? { const: null } : simplified(option)),
    })),
  };
}

const namesOf = (schema: Schema): readonly string[] =>
  isObjectSchema(schema['properties']) ? Object.keys(schema['properties']) : [];

function optionTitle(option: Schema, shared: readonly string[]): string {
  if (isSecret(option)) return 'A secret';
  if (option['type'] === 'null') return 'Nothing';
  const own = namesOf(option).filter((name) => !shared.includes(name));
  if (own.length > 0)
    return `With ${own
      .slice(0, 2)
      .map((name) => fieldName(name).name.toLowerCase())
      .join(' and ')}`;
  return (typeof option['type'] === 'string' && typeWords[option['type']]) || 'Other';
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'Text',
  integer: 'Number',
  number: 'Number',
  boolean: 'Yes or no',
  array: 'A list',
};

function isSecret(schema: Schema): boolean {
  const names = namesOf(schema);
  return names.length === 2 && names.includes('sealed') && names.includes('fingerprint');
}

/** The forms that the params can take: usually one. */
export function waysOf(schema: Schema): readonly Schema[] {
  const { anyOf } = schema;
  return Array.isArray(anyOf) ? (anyOf as readonly Json[]).filter(isObjectSchema) : [schema];
}

/** Which of them has the most of what is written already. */
export function nearestOption(ways: readonly Schema[], params: Json): number {
  const names = isObjectSchema(params) ? Object.keys(params) : [];
  const hits = ways.map((way) => names.filter((name) => namesOf(way).includes(name)).length);
  return Math.max(0, hits.indexOf(Math.max(...hits)));
}

/** How the fields are drawn: an example where nothing is written yet, and room for long texts. */
export function formLook(schema: Schema, example: Json | undefined): Schema {
  const properties = isObjectSchema(schema['properties']) ? schema['properties'] : {};
  const examples = isObjectSchema(example) ? example : {};
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      isObjectSchema(property) ? fieldLook(property, examples[name]) : {},
    ]),
  );
}

const longText = 1000;

function fieldLook(schema: Schema, example: Json | undefined): Schema {
  const { anyOf, type, maxLength } = schema;
  if (Array.isArray(anyOf))
    return { anyOf: (anyOf as readonly Json[]).filter(isObjectSchema).map((option) => fieldLook(option, example)) };
  const isLong = type === 'string' && typeof maxLength === 'number' && maxLength >= longText;
  return {
    ...(isLong && { 'ui:widget': 'textarea' }),
    ...((typeof example === 'string' || typeof example === 'number') && {
      'ui:placeholder': String(example).trimEnd(),
    }),
  };
}
