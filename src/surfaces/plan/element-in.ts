import { Fault } from '../../model/fault.ts';
import type { Found } from './json-scanner.ts';
import type { PlanValue } from './plan-value.ts';

type Reviver = (key: string, value: PlanValue, context: { readonly source?: string }) => PlanValue;
const parse = JSON.parse as (text: string, reviver?: Reviver) => PlanValue;

/** An integer of sixteen digits or more may be more than a double can hold; the parser then has to be slow. */
const longInteger = /[:,[]\s*-?\d{16}/;

const exact: Reviver = (_, value, { source }) =>
  typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
    ? BigInt(source)
    : value;

/** The text of one value that was found. */
export const textOf = ({ bytes }: Found): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');

/** One value that was found in a file, as doubles hold it. Faults: `invalid-input`, with the position in the file. */
export const elementIn = (found: Found, path: string, text = textOf(found)): PlanValue => parsed(text, found, path);

/** The same with every integer as it is written; nothing where a double holds them all. */
export const exactElementIn = (found: Found, path: string, text: string): PlanValue | undefined =>
  longInteger.test(text) ? parsed(text, found, path, exact) : undefined;

function parsed(text: string, { at }: Found, path: string, reviver?: Reviver): PlanValue {
  try {
    return reviver ? parse(text, reviver) : parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const offset = Number(/at position (\d+)/.exec(error.message)?.[1] ?? 0);
    const before = text.slice(0, offset).split('\n');
    const last = Array.from(before.at(-1) ?? '').length;
    const line = at.line + before.length - 1;
    const column = before.length === 1 ? at.column + last : last + 1;
    throw new Fault('invalid-input', `${path} cannot be read as JSON: an element is malformed.`, {
      at: `${path}:${line}:${column}`,
    });
  }
}
