import { Fault } from '../../model/fault.ts';
import type { PlanValue } from '../plan/plan-value.ts';
import type { Argument, Block, Position } from './configuration.ts';
import { refuseTooLarge } from './refuse-too-large.ts';

/** How many labels a block has; all others have none. */
const labelled: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  ephemeral: 2,
  module: 1,
  provider: 1,
  variable: 1,
  output: 1,
};
/** Blocks inside `terraform` that carry a label. */
const labelledInside: Readonly<Record<string, number>> = { backend: 1 };

interface Located {
  readonly value: unknown;
  placeOf(path: readonly (string | number)[]): Position;
}

/** The blocks of a file in JSON. Faults: `invalid-input`, with the position. */
export async function jsonBlocks(text: string, path: string): Promise<readonly Block[]> {
  refuseTooLarge(text, path);
  const located = await locate(text, path);
  if (!isObject(located.value))
    throw new Fault('invalid-input', `${path} is not a JSON object.`, { at: `${path}:1:1` });
  return Object.entries(located.value).flatMap(([type, value]) => blocksIn(located, type, value, [type], [], labelled));
}

async function locate(text: string, path: string): Promise<Located> {
  const { LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, schema: 'json' });
  const [error] = document.errors;
  if (error) {
    const [{ line, col } = { line: 1, col: 1 }] = error.linePos ?? [];
    throw new Fault('invalid-input', `${path} cannot be read as JSON.`, { at: `${path}:${line}:${col}` });
  }
  return {
    value: document.toJS({ maxAliasCount: 0 }) as unknown,
    placeOf: (keys) => {
      const node = document.getIn(keys, true) as { readonly range?: readonly [number, number, number] } | undefined;
      const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
      return { path, line: Math.max(1, line), column: Math.max(1, col) };
    },
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function blocksIn(
  located: Located,
  type: string,
  value: unknown,
  keys: readonly (string | number)[],
  labels: readonly string[],
  depths: Readonly<Record<string, number>>,
): readonly Block[] {
  if (Array.isArray(value))
    return value.flatMap((item, i) => blocksIn(located, type, item, [...keys, i], labels, depths));
  if (!isObject(value)) return [];
  if (labels.length < (Object.hasOwn(depths, type) ? (depths[type] ?? 0) : 0))
    return Object.entries(value).flatMap(([label, inner]) =>
      blocksIn(located, type, inner, [...keys, label], [...labels, label], depths),
    );
  const at = located.placeOf(keys);
  return [
    { type, labels, arguments: argumentsOf(located, value, keys), blocks: innerBlocks(located, value, keys), at },
  ];
}

const argumentsOf = (
  located: Located,
  value: Readonly<Record<string, unknown>>,
  keys: readonly (string | number)[],
): ReadonlyMap<string, Argument> =>
  new Map(
    Object.entries(value).map(([name, inner]) => [
      name,
      { name, value: constantOf(inner), text: JSON.stringify(inner), at: located.placeOf([...keys, name]) },
    ]),
  );

/** What is an object may be a block or an argument: JSON does not tell, so it is both. */
const innerBlocks = (
  located: Located,
  value: Readonly<Record<string, unknown>>,
  keys: readonly (string | number)[],
): readonly Block[] =>
  Object.entries(value).flatMap(([name, inner]) => blocksIn(located, name, inner, [...keys, name], [], labelledInside));

/** A text that is one expression is not a constant. */
const constantOf = (value: unknown): PlanValue | undefined =>
  typeof value === 'string' && /^\$\{[^}]*\}$/.test(value) ? undefined : (value as PlanValue);
