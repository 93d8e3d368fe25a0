/** Zod schemas as plain JSON Schema: what a reader, an editor and a form can use. */
import { z } from 'zod';

import { Actor, ChangeId, CheckId, ConnectionId, Hash, OperationName, StepId } from '../../src/model/ids.ts';

export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly additionalProperties?: boolean | JsonSchema;
}

const anyJson: JsonSchema = {};

/** What is written, not what is read: a field with a default may be left out. */
export function jsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...made } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return simplified(made as JsonSchema);
}

function simplified(schema: JsonSchema): JsonSchema {
  const { readOnly: _, $defs: __, format, pattern, ...rest } = schema;
  if (rest['$ref'] !== undefined) return anyJson; // the one recursive schema is that of any JSON
  const inner = Object.entries(rest).map(([keyword, value]) => [
    keyword,
    keyword === 'properties' ? ofEach(value as Record<string, JsonSchema>) : within(value),
  ]);
  return {
    ...Object.fromEntries(inner),
    ...(format !== undefined && { format }),
    ...(pattern !== undefined && format === undefined && { pattern }),
  };
}

const ofEach = (properties: Readonly<Record<string, JsonSchema>>): unknown =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, simplified(schema)]));

const within = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(within);
  return typeof value === 'object' && value !== null ? simplified(value as JsonSchema) : value;
};

const namedPatterns: ReadonlyMap<string | undefined, string> = new Map([
  ...Object.entries({
    actor: Actor,
    'change id': ChangeId,
    'connection id': ConnectionId,
    hash: Hash,
    'operation name': OperationName,
    'step id': StepId,
    'check or rule id': CheckId,
  }).map(([words, schema]): [string | undefined, string] => [jsonSchema(schema).pattern, words]),
  [String.raw`^\/`, 'absolute path'],
]);

/** A type in words, for a table: `string`, `"stop" or "continue"`, `list of step id`, `string like ^[0-7]{4}$`. */
function typeWords(schema: JsonSchema): string {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map(typeWords))].join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (schema.type === 'array') return schema.items ? `list of ${typeWords(schema.items)}` : 'list';
  if (isSecret(schema)) return 'secret';
  if (schema.type === 'object')
    return schema.properties ? `{ ${Object.keys(schema.properties).join(', ')} }` : 'object';
  if (schema['format'] === 'date-time') return 'instant';
  if (schema.pattern !== undefined) return namedPatterns.get(schema.pattern) ?? `string like ${schema.pattern}`;
  return schema.type === undefined ? 'any JSON' : [schema.type].flat().join(' or ');
}

/** A sealed secret: an envelope and a fingerprint. */
export const isSecret = ({ properties = {} }: JsonSchema): boolean =>
  'sealed' in properties && 'fingerprint' in properties;

/** The fields of an object, or of each of several kinds of object. */
export function fieldTable(schema: JsonSchema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const isRequired = schema.required?.includes(name) ?? false;
    const fallback = field.default === undefined ? 'no' : `no, \`${JSON.stringify(field.default)}\``;
    return [code(name), code(typeWords(field)), isRequired ? 'yes' : fallback, field.description ?? ''];
  });
  const kinds = (schema.anyOf ?? schema.oneOf ?? []).map(fieldTable);
  if (kinds.length > 0) return kinds.join('\n\nor\n\n');
  if (rows.length === 0) return 'None.';
  const hasMeaning = rows.some((row) => row.at(-1) !== '');
  return hasMeaning
    ? table(['field', 'type', 'required', 'meaning'], rows)
    : table(
        ['field', 'type', 'required'],
        rows.map((row) => row.slice(0, -1)),
      );
}

const code = (text: string): string => `\`${text}\``;

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
