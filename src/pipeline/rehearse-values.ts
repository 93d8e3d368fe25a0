/**
 * Values for columns of any type, as PostgreSQL reads them. They know the type and the number of the row, and no
 * project.
 */
import type { Column } from '../model/scratch.ts';

/**
 * How rows are made. `varied`: no two columns of the database hold the same, and the last row holds NULL wherever it may.
 * `coherent`: the same small number everywhere, so that casts work and references that come later hold. `sparse`: NULL
 * wherever it may be. `-filled`: without NULL.
 */
export type Style = 'varied' | 'varied-filled' | 'coherent' | 'coherent-filled' | 'sparse';

interface Of {
  readonly table: string;
  readonly column: Column;
  /** 1 is the first. */
  readonly row: number;
  readonly isKey: boolean;
  readonly isCoherent: boolean;
  /** After so many rows the labels of an enum in the table come round again. */
  readonly round: number;
}

/** Away from the numbers that migrations write themselves; those of a table that nobody refers to mean nothing elsewhere. */
const whole = ({ table, column, row, isKey, isCoherent }: Of): number =>
  isCoherent ? 100 + row : isKey ? 100 * (1 + slotOf(table)) + row : 13_000 + 100 * (column.number % 100) + row;
/** One of a hundred, by the name. */
const slotOf = (name: string): number =>
  Array.from(name).reduce((sum, one) => (31 * sum + (one.codePointAt(0) ?? 0)) % 97, 7);
const fitting = (of: Of): string => {
  const { digits } = of.column;
  return digits !== undefined && digits < 5 ? String(of.row % 10 ** Math.max(digits, 0)) : String(whole(of));
};
const letter = (row: number): string => String.fromCodePoint(96 + (((row - 1) % 26) + 1));
const word = (of: Of): string =>
  of.isCoherent ? String(whole(of)) : `${letter(of.row)}${of.row}${of.column.name}${slotOf(of.table)}`;
const text = (of: Of): string => word(of).slice(0, of.column.length ?? 200);
const hex = (of: Of, digits: number): string =>
  (of.isCoherent ? of.row : 4096 * (of.isKey ? 100 + slotOf(of.table) : of.column.number) + of.row)
    .toString(16)
    .padStart(digits, '0');
const twoDigits = (n: number): string => String(n).padStart(2, '0');
const day = ({ row }: Of): string => `2020-01-${twoDigits(((row - 1) % 28) + 1)}`;
const time = ({ row, column }: Of): string => `${twoDigits(row % 24)}:${twoDigits(column.number % 60)}:03.456`;
const range = (from: string, to: string): string => `[${from},${to})`;
const numbers = (of: Of): string => range(String(10 * whole(of)), String(10 * whole(of) + 5));
const days = (of: Of): string => range(day(of), '2020-02-01');
const bits = (of: Of): string =>
  of.row
    .toString(2)
    .padStart(of.column.length ?? 1, '0')
    .slice(-(of.column.length ?? 1));

const byType: Readonly<Record<string, (of: Of) => string>> = {
  text,
  varchar: text,
  bpchar: text,
  citext: text,
  name: text,
  char: ({ row }) => letter(row),
  int2: (of) => String(whole(of) % 32_000),
  int4: (of) => String(whole(of)),
  int8: (of) => String(whole(of)),
  oid: (of) => String(whole(of)),
  numeric: fitting,
  float4: (of) => `${whole(of)}.5`,
  float8: (of) => `${whole(of)}.25`,
  money: (of) => String(whole(of)),
  // Every label is met with true and with false.
  bool: ({ row, round }) => String((row + Math.floor((row - 1) / round)) % 2 === 1),
  date: day,
  timestamp: (of) => `${day(of)} ${time(of)}`,
  timestamptz: (of) => `${day(of)} ${time(of)}+00`,
  time,
  timetz: (of) => `${time(of)}+00`,
  interval: ({ row }) => `${row} hours`,
  uuid: (of) => `00000000-0000-4000-8000-${hex(of, 12)}`,
  json: (of) => `{"${word(of)}": ${of.row}}`,
  jsonb: (of) => `{"${word(of)}": ${of.row}}`,
  bytea: (of) => `\\x${hex(of, 8)}`,
  inet: ({ row }) => `10.0.0.${row}`,
  cidr: ({ row }) => `10.0.${row}.0/24`,
  macaddr: ({ row }) => `02:00:00:00:00:${twoDigits(row)}`,
  macaddr8: ({ row }) => `02:00:00:ff:fe:00:00:${twoDigits(row)}`,
  bit: bits,
  varbit: bits,
  xml: (of) => `<a>${of.row}</a>`,
  tsvector: (of) => `'${letter(of.row)}${of.row}'`,
  tsquery: (of) => `'${letter(of.row)}${of.row}'`,
  point: ({ row }) => `(${row},${row})`,
  line: ({ row }) => `{1,-1,${row}}`,
  lseg: ({ row }) => `[(0,0),(${row},1)]`,
  box: ({ row }) => `(${row},${row}),(0,0)`,
  path: ({ row }) => `[(0,0),(${row},1)]`,
  polygon: ({ row }) => `((0,0),(${row},0),(0,1))`,
  circle: ({ row }) => `<(0,0),${row}>`,
  int4range: numbers,
  int8range: numbers,
  numrange: numbers,
  daterange: days,
  tsrange: days,
  tstzrange: days,
  int4multirange: (of) => `{${numbers(of)}}`,
  int8multirange: (of) => `{${numbers(of)}}`,
  nummultirange: (of) => `{${numbers(of)}}`,
  datemultirange: (of) => `{${days(of)}}`,
  tsmultirange: (of) => `{${days(of)}}`,
  tstzmultirange: (of) => `{${days(of)}}`,
  pg_lsn: ({ row }) => `0/${row}`,
  hstore: (of) => `"${word(of)}"=>"${of.row}"`,
  ltree: (of) => `${letter(of.row)}.${letter(of.row)}${of.row}`,
  cube: ({ row }) => `(${row})`,
};

/** The text of a value; undefined for a type of which none can be made. */
export function valueFor(of: Of): string | undefined {
  const { labels, base, isArray } = of.column;
  const one = labels ? labels[(of.row - 1) % labels.length] : byType[base]?.(of);
  if (one === undefined || !isArray) return one;
  return `{"${one.replaceAll(/["\\]/g, String.raw`\$&`)}"}`;
}

const isText = ({ base, isArray }: Column): boolean =>
  !isArray && ['text', 'varchar', 'bpchar', 'citext', 'name'].includes(base);
const isNumber = ({ base, isArray }: Column): boolean =>
  !isArray && ['int2', 'int4', 'int8', 'numeric', 'float4', 'float8'].includes(base);
const isTime = ({ base, isArray }: Column): boolean => !isArray && ['date', 'timestamp', 'timestamptz'].includes(base);

const words = [
  'a',
  'A',
  '0',
  '1',
  'abc',
  'a-b',
  'a.b',
  'a@example.org',
  'https://example.org/',
  '/a',
  '{}',
  '2020-01-01',
];

/** What might satisfy conditions, besides the usual value: what they themselves mention comes first. */
export function candidatesFor(column: Column, row: number, conditions: readonly string[]): readonly (string | null)[] {
  const strings = conditions.flatMap((one) =>
    [...one.matchAll(/'((?:[^']|'')*)'/g)].map(([, s = '']) => s.replaceAll("''", "'")),
  );
  const mentioned = conditions.flatMap((one) => [...one.matchAll(/-?\b\d+(?:\.\d+)?\b/g)].map(([n]) => Number(n)));
  const near = mentioned.flatMap((n) => [n, n + 1, n - 1]);
  const sized = mentioned.filter((n) => Number.isInteger(n) && n > 0 && n <= 256).map((n) => letter(row).repeat(n));
  const found = isText(column)
    ? [...strings, ...sized, ...words].filter((one) => one.length <= (column.length ?? Infinity))
    : isNumber(column)
      ? [...near, 0, 1].filter((n) => !column.base.startsWith('int') || Number.isInteger(n)).map(String)
      : isTime(column)
        ? strings.filter((one) => /^\d{4}-\d\d-\d\d/.test(one))
        : column.base === 'bool' && !column.isArray
          ? ['true', 'false']
          : [
              ...(column.labels ?? []),
              ...(column.isArray ? ['{}'] : []),
              ...(/^jsonb?$/.test(column.base) ? ['{}', '[]', '"a"'] : []),
            ];
  const distinct = [...new Set(found)];
  const turn = distinct.length === 0 ? 0 : (row - 1) % distinct.length;
  return [...distinct.slice(turn), ...distinct.slice(0, turn), ...(column.isNotNull ? [] : [null])];
}

/** The most that a column takes: what only a wider type would hold. */
export function largestFor(column: Column, row: number): string | undefined {
  if (isText(column)) return `${letter(row)}${'z'.repeat(Math.min(column.length ?? 300, 300) - 1)}`;
  if (column.isArray) return undefined;
  if (column.labels) return column.labels.at(-1);
  return { int4: '2000000000', int8: '3000000000', numeric: column.digits === undefined ? '3000000000.5' : undefined }[
    column.base
  ];
}
