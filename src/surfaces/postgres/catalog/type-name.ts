import type { Node, TypeName } from '@pgsql/types';

import type { Context } from './context.ts';
import { mark } from './thing.ts';

/** As the server names it inside, so that `int`, `integer` and `int4` are one; a type of the schema as a mark. */
export function typeText(context: Context, type: TypeName | undefined): string {
  const names = (type?.names ?? []).flatMap((node) => stringOf(node) ?? []);
  const own = ownType(context, names);
  const base = own === undefined ? names.filter((name) => name !== 'pg_catalog').join('.') : mark(own);
  const mods = (type?.typmods ?? []).map(constantText).join(',');
  const many = '[]'.repeat(type?.arrayBounds?.length ?? 0);
  return `${type?.setof ? 'setof ' : ''}${base}${mods === '' ? '' : `(${mods})`}${many}`;
}

function ownType(context: Context, names: readonly string[]): number | undefined {
  const name = names.at(-1);
  if (name === undefined || names[0] === 'pg_catalog') return undefined;
  return context.catalog.named('type', names.length > 1 ? (names[0] ?? '') : context.schema, name)?.oid;
}

export const stringOf = (node: Node | undefined): string | undefined =>
  node && 'String' in node ? (node.String.sval ?? '') : undefined;
export const stringsOf = (nodes: readonly Node[] | undefined): readonly string[] =>
  (nodes ?? []).flatMap((node) => stringOf(node) ?? []);

const constantText = (node: Node): string => {
  if (!('A_Const' in node)) return JSON.stringify(node);
  const { ival, sval, fval } = node.A_Const;
  return ival ? String(ival.ival ?? 0) : (sval?.sval ?? fval?.fval ?? '');
};

/** A type without its length: `varchar(5)` and `varchar` are of one family. */
export const baseOf = (type: string): string => type.replace(/\(.*\)$/, '');
export const modsOf = (type: string): readonly number[] => /\((.*)\)$/.exec(type)?.[1]?.split(',').map(Number) ?? [];

const serials: Readonly<Record<string, string>> = {
  serial: 'int4',
  serial4: 'int4',
  bigserial: 'int8',
  serial8: 'int8',
  smallserial: 'int2',
  serial2: 'int2',
};
/** The type behind `serial`, which is none. */
export const behindSerial = (type: string): string | undefined => serials[type];
