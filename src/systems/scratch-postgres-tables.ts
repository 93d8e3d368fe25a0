import type { Column, Row, Table } from '../model/scratch.ts';

const tables = `pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'`;
/** The first number that is not taken by the system itself. */
const ownObjects = 16384;

/**
 * Asks for every table that holds rows (a partitioned one stands for its partitions): few plain queries, because one that
 * builds each table whole takes many times as long. Names are complete only while `search_path` is `pg_catalog`.
 */
export const tablesQueries = [
  `select c.oid::text as id, quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name, c.relkind::text as kind from ${tables}
    and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e') order by 2`,
  `select a.attrelid::text as "table", a.attname::text as name, a.attnum::text as number, format_type(a.atttypid, a.atttypmod) as type,
    a.atttypid::text as "typeId", a.atttypmod::text as modifier, a.attnotnull::text as "isNotNull",
    (a.atthasdef or a.attidentity <> '')::text as "hasDefault", (a.attgenerated <> '')::text as "isGenerated"
    from pg_attribute a where a.attrelid in (select c.oid from ${tables}) and a.attnum > 0 and not a.attisdropped order by a.attrelid, a.attnum`,
  `select k.conrelid::text as "table", k.contype::text as kind, k.conkey::text as columns, k.confrelid::text as parent,
    k.confkey::text as foreign, pg_get_expr(k.conbin, k.conrelid) as condition
    from pg_constraint k where k.contype in ('p', 'f', 'c') and k.conrelid >= ${ownObjects} order by k.conname`,
  `select i.indrelid::text as "table", i.indkey::text as columns, i.indnkeyatts::text as count
    from pg_index i where i.indrelid >= ${ownObjects} and i.indisunique and i.indpred is null and i.indexprs is null order by i.indexrelid`,
  `select d.refobjid::text as "table", d.refobjsubid::text as number, d.objid::regclass::text as sequence from pg_depend d
    where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i') and d.refobjsubid > 0
      and d.refobjid >= ${ownObjects} and exists (select from pg_sequence q where q.seqrelid = d.objid)`,
  `select g.tgrelid::text as "table", g.tgname::text as name from pg_trigger g where g.tgrelid >= ${ownObjects} and not g.tgisinternal order by g.tgname`,
  `select i.inhparent::text as "table", p.partattrs::text as columns, pg_get_partition_constraintdef(i.inhrelid) as condition
    from pg_inherits i join pg_partitioned_table p on p.partrelid = i.inhparent`,
  `select t.oid::text as id, t.typname::text as name, t.typtype::text as kind, t.typcategory::text as category, t.typelem::text as element,
    t.typbasetype::text as base, t.typtypmod::text as modifier, t.typnotnull::text as "isNotNull" from pg_type t
    where t.oid in (select a.atttypid from pg_attribute a where a.attrelid >= ${ownObjects}) or t.oid >= ${ownObjects} or t.oid < 4000 and t.typtype = 'b' and t.typelem = 0`,
  'select e.enumtypid::text as type, e.enumlabel::text as label from pg_enum e order by e.enumtypid, e.enumsortorder',
  "select k.contypid::text as type, pg_get_expr(k.conbin, 0) as condition from pg_constraint k where k.contypid <> 0 and k.contype = 'c'",
] as const;

type Answers = readonly (readonly Row[])[];
const isTrue = (value: string | null | undefined): boolean => value === 'true';
const numbersIn = (array: string | null | undefined): readonly number[] =>
  (array ?? '')
    .split(/[{},\s]+/)
    .filter((one) => one !== '')
    .map(Number);

/** @param answers to `tablesQueries`, in their order */
export function tablesFrom(answers: Answers): readonly Table[] {
  const [found = [], columns = [], constraints = [], indexes = [], sequences = [], triggers = [], partitions = []] =
    answers;
  const typed = typesFrom(answers);
  const nameOf = new Map(found.map((row) => [row['id'], row['name'] ?? '']));
  const by = (rows: readonly Row[]) => Map.groupBy(rows, (row) => row['table']);
  const all = {
    columns: by(columns),
    constraints: by(constraints),
    indexes: by(indexes),
    triggers: by(triggers),
    partitions: by(partitions),
  };
  const sequenceOf = new Map(sequences.map((row) => [`${row['table']} ${row['number']}`, row['sequence'] ?? '']));
  const namesOf = (table: string, numbers: readonly number[]): readonly string[] => {
    const names = new Map((all.columns.get(table) ?? []).map((row) => [Number(row['number']), row['name'] ?? '']));
    return numbers.flatMap((number) => names.get(number) ?? []);
  };
  return found.map((row): Table => {
    const id = row['id'] ?? '';
    const of = (kind: string): readonly Row[] => (all.constraints.get(id) ?? []).filter((one) => one['kind'] === kind);
    const partitioning = all.partitions.get(id) ?? [];
    return {
      name: row['name'] ?? '',
      id,
      isPartitioned: row['kind'] === 'p',
      columns: (all.columns.get(id) ?? []).map((column) => {
        const sequence = sequenceOf.get(`${id} ${column['number']}`);
        return { ...columnFrom(column, typed), ...(sequence !== undefined && { sequence }) };
      }),
      primaryKey: of('p').flatMap((one) => namesOf(id, numbersIn(one['columns']))),
      unique: (all.indexes.get(id) ?? []).map((one) =>
        namesOf(id, numbersIn(one['columns']).slice(0, Number(one['count']))),
      ),
      references: of('f').flatMap((one) => {
        const table = nameOf.get(one['parent'] ?? '');
        const foreign = namesOf(one['parent'] ?? '', numbersIn(one['foreign']));
        return table === undefined ? [] : [{ columns: namesOf(id, numbersIn(one['columns'])), table, foreign }];
      }),
      checks: [
        ...of('c').map((one) => ({
          columns: namesOf(id, numbersIn(one['columns'])),
          condition: one['condition'] ?? '',
        })),
        ...partitionChecks(partitioning, (numbers) => namesOf(id, numbers)),
      ],
      triggers: (all.triggers.get(id) ?? []).map((one) => one['name'] ?? ''),
    };
  });
}

/** A row must be for one of the partitions. */
function partitionChecks(
  partitions: readonly Row[],
  namesOf: (numbers: readonly number[]) => readonly string[],
): Table['checks'] {
  const [first] = partitions;
  if (!first) return [];
  const condition = partitions.map((one) => `(${one['condition'] ?? 'true'})`).join(' or ');
  return [{ columns: namesOf(numbersIn(first['columns'])), condition }];
}

interface Types {
  readonly byId: ReadonlyMap<string | null | undefined, Row>;
  readonly labels: ReadonlyMap<string | null | undefined, readonly string[]>;
  readonly conditions: ReadonlyMap<string | null | undefined, readonly string[]>;
}

function typesFrom(answers: Answers): Types {
  const [types = [], enums = [], conditions = []] = answers.slice(7);
  const grouped = (rows: readonly Row[], column: string) =>
    new Map(
      [...Map.groupBy(rows, (row) => row['type'])].map(([type, of]) => [type, of.map((row) => row[column] ?? '')]),
    );
  return {
    byId: new Map(types.map((row) => [row['id'], row])),
    labels: grouped(enums, 'label'),
    conditions: grouped(conditions, 'condition'),
  };
}

/** Through domains, arrays and domains in arrays, to the type of one value. */
function columnFrom(row: Row, types: Types): Column {
  let type = types.byId.get(row['typeId']);
  let modifier = Number(row['modifier']);
  let isArray = false;
  let isNotNull = isTrue(row['isNotNull']);
  const domainChecks: string[] = [];
  for (;;) {
    if (type?.['kind'] === 'd') {
      domainChecks.push(...(isArray ? [] : (types.conditions.get(type['id']) ?? [])));
      isNotNull ||= !isArray && isTrue(type['isNotNull']);
      if (Number(type['modifier']) >= 0) modifier = Number(type['modifier']);
      type = types.byId.get(type['base']);
    } else if (type?.['category'] === 'A') {
      isArray = true;
      type = types.byId.get(type['element']);
    } else break;
  }
  const base = type?.['name'] ?? row['type'] ?? '';
  const labels = types.labels.get(type?.['id']);
  return {
    name: row['name'] ?? '',
    number: Number(row['number']),
    type: row['type'] ?? '',
    base,
    isArray,
    ...(labels && { labels }),
    ...sizeOf(base, modifier),
    isNotNull,
    hasDefault: isTrue(row['hasDefault']),
    isGenerated: isTrue(row['isGenerated']),
    domainChecks,
  };
}

/** What the number after a type means. Source: varchar_typmod and numeric_typmod of PostgreSQL. */
function sizeOf(base: string, modifier: number): { length?: number; digits?: number } {
  if (modifier < 0) return {};
  if (base === 'varchar' || base === 'bpchar') return { length: modifier - 4 };
  if (base === 'bit' || base === 'varbit') return { length: modifier };
  if (base !== 'numeric') return {};
  const scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
  return { digits: ((modifier - 4) >> 16) - scale };
}

const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

/** One query for every table, in this order; each value is the text that PostgreSQL prints for it. */
export const rowsQuery = (of: readonly Pick<Table, 'name' | 'isPartitioned' | 'columns'>[]): string =>
  of
    .map(({ name, isPartitioned, columns }) => {
      const texts = columns.map((column) => `${quoted(column.name)}::text as ${quoted(column.name)}`);
      return `select ${texts.join(', ')} from ${isPartitioned ? '' : 'only '}${name}`;
    })
    .join(';\n');
