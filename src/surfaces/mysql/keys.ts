import { changeFacts, make, refuse, type Context } from '../postgres/catalog/context.ts';
import { columnOf, relationNamed } from '../postgres/catalog/relations.ts';
import { mark, type Thing } from '../postgres/catalog/thing.ts';
import { Cursor, parted } from './cursor.ts';
import { textOf, type Token } from './tokens.ts';

/** `KEY`, `UNIQUE`, `PRIMARY KEY`, `FOREIGN KEY`, `CHECK` and what goes with them; false where it is none of these. */
export function addKey(context: Context, table: Thing, cursor: Cursor): boolean {
  const given = cursor.accept('constraint')
    ? /^(?:primary|unique|foreign|check)$/.test(cursor.word())
      ? undefined
      : cursor.name()
    : undefined;
  if (cursor.accept('primary', 'key')) {
    cursor.until('(');
    addPrimary(context, table, cursor.brackets() ?? []);
    return true;
  }
  if (cursor.accept('foreign', 'key')) {
    addForeign(context, table, given ?? (cursor.word() === '(' ? undefined : cursor.name()), cursor);
    return true;
  }
  if (cursor.accept('check')) {
    const name = given ?? freeName(context, table, 'constraint', 'chk_');
    make(context, {
      kind: 'constraint',
      parent: table.oid,
      schema: table.schema,
      name,
      facts: { type: 'CHECK', on: textOf(cursor.brackets() ?? []) },
    });
    return true;
  }
  const isUnique = cursor.accept('unique');
  const method = isUnique ? undefined : cursor.acceptAny('fulltext', 'spatial');
  const isKey = cursor.acceptAny('index', 'key') !== undefined;
  if (!isUnique && !isKey && method === undefined) return false;
  const own = cursor.word() === '(' || cursor.word() === 'using' ? given : cursor.name();
  cursor.until('(');
  addIndex(context, table, own ?? given, isUnique, cursor.brackets() ?? [], method);
  return true;
}

export function addPrimary(context: Context, table: Thing, inside: readonly Token[]): void {
  const columns = columnsIn(context, table, inside);
  if (context.catalog.part('constraint', table.oid, 'PRIMARY')) refuse(context, 'Multiple primary key defined');
  for (const column of columns) if (column.facts['notNull'] !== true) changeFacts(context, column, { notNull: true });
  make(context, {
    kind: 'constraint',
    parent: table.oid,
    schema: table.schema,
    name: 'PRIMARY',
    goesWith: columns.map(({ oid }) => oid),
    facts: { type: 'PRIMARY KEY', on: `(${keyText(context, table, inside)})` },
  });
}

export function addIndex(
  context: Context,
  table: Thing,
  given: string | undefined,
  isUnique: boolean,
  inside: readonly Token[],
  method?: string,
): void {
  const columns = columnsIn(context, table, inside);
  const name = given ?? freeIndexName(context, table, columns[0]?.name ?? 'functional_index');
  if (context.catalog.relation(table.name, name)) refuse(context, `Duplicate key name '${name}'`);
  make(context, {
    kind: 'index',
    schema: table.name,
    parent: table.oid,
    name,
    goesWith: columns.map(({ oid }) => oid),
    facts: { unique: isUnique, on: keyText(context, table, inside), method },
  });
}

function addForeign(context: Context, table: Thing, given: string | undefined, cursor: Cursor): void {
  const columns = columnsIn(context, table, cursor.brackets() ?? []);
  cursor.until('references');
  cursor.accept('references');
  const target = relationNamed(context, undefined, cursor.name());
  const others = columnsIn(context, target, cursor.brackets() ?? []);
  const name = given ?? freeName(context, table, 'constraint', 'ibfk_');
  if (context.catalog.part('constraint', table.oid, name))
    refuse(context, `Duplicate foreign key constraint name '${name}'`);
  if (!isCovered(context, table, columns))
    addIndex(
      context,
      table,
      given,
      false,
      columns.map((column) => ({ kind: 'name', text: column.name, start: 0, end: 0 })),
    );
  const list = (of: readonly Thing[]): string => of.map(({ oid }) => mark(oid)).join(', ');
  make(context, {
    kind: 'constraint',
    schema: table.schema,
    parent: table.oid,
    name,
    // The server keeps a column that a foreign key needs.
    uses: [target.oid, ...others.map(({ oid }) => oid), ...columns.map(({ oid }) => oid)].filter(
      (oid) => oid !== table.oid,
    ),
    facts: {
      type: 'FOREIGN KEY',
      on: `(${list(columns)}) REFERENCES ${mark(target.oid)} (${list(others)})`,
      actions: actionsIn(cursor),
      to: mark(target.oid),
    },
  });
}

/** A foreign key needs an index that begins with its columns; the server makes one, and leaves it when the key goes. */
const isCovered = (context: Context, table: Thing, columns: readonly Thing[]): boolean =>
  context.catalog
    .parts(table.oid)
    .some(
      (part) =>
        (part.kind === 'index' || part.name === 'PRIMARY') &&
        columns.every((column, at) => part.goesWith[at] === column.oid),
    );

const actionsIn = (cursor: Cursor): string => {
  const text = textOf(cursor.rest())
    .toUpperCase()
    .replaceAll(/ ?ON (?:DELETE|UPDATE) (?:NO ACTION|RESTRICT)/g, '');
  return text === '' ? '' : ` ${text.trim()}`;
};

function columnsIn(context: Context, table: Thing, inside: readonly Token[]): readonly Thing[] {
  return parted(inside).flatMap((part) => {
    const [first] = part;
    return first && (first.kind === 'name' || first.kind === 'word') ? [columnOf(context, table, first.text)] : [];
  });
}

function keyText(context: Context, table: Thing, inside: readonly Token[]): string {
  return parted(inside)
    .map(([first, ...more]) => {
      const column = first && context.catalog.part('column', table.oid, first.text);
      const rest = textOf(more).replace(/ ?\basc\b/, '');
      return `${column ? mark(column.oid) : textOf(first ? [first] : [])}${rest === '' ? '' : ` ${rest}`}`;
    })
    .join(', ');
}

/** `t_ibfk_1`, `t_chk_1`: the next number that is free. */
function freeName(context: Context, table: Thing, kind: 'constraint', word: string): string {
  for (let count = 1; ; count += 1) {
    const name = `${table.name}_${word}${count}`;
    if (!context.catalog.part(kind, table.oid, name)) return name;
  }
}
function freeIndexName(context: Context, table: Thing, column: string): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? column : `${column}_${count}`;
    if (!context.catalog.relation(table.name, name)) return name;
  }
}
