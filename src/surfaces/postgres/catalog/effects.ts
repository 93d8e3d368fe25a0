import type { Catalog, Edit, Snapshot } from './catalog.ts';
import { nameIn } from './compare.ts';
import type { Language } from './language.ts';
import { sqlName, sqlOf } from './sql-name.ts';
import type { Kind, Oid, Thing } from './thing.ts';

/** What one statement did to one thing. */
export interface Effect {
  readonly kind: Kind;
  /** For people, as it was called before. */
  readonly name: string;
  /** The table that it is part of, as it was called before. */
  readonly table: string | undefined;
  readonly before: Thing | undefined;
  readonly after: Thing | undefined;
  /** Made by this migration itself. */
  readonly isNew: boolean;
  /** It, or the table that it is part of, was made by this migration itself. */
  readonly isOnNew: boolean;
  /** The whole of which it was part went, or came, too. */
  readonly isWithParent: boolean;
  /** The statement that undoes it exactly. */
  readonly inverse: string | undefined;
  /** The statement that makes it anew, empty. */
  readonly structure: string | undefined;
  /** A fact of it in SQL, as names stood then. */
  sql(fact: string, of: 'before' | 'after'): string;
}

/** The edits of one statement, one for each thing, with the names that hold right after it. */
export function effectsOf(
  catalog: Catalog,
  edits: readonly Edit[],
  language: Pick<Language, 'inverse' | 'structure'>,
): readonly Effect[] {
  if (edits.length === 0) return [];
  const first = new Map<Oid, Thing | undefined>();
  for (const { before, after } of edits) {
    const oid = before?.oid ?? after?.oid ?? 0;
    if (!first.has(oid)) first.set(oid, before);
  }
  const { start } = catalog;
  const earlier: Snapshot = { get: (oid) => (first.has(oid) ? first.get(oid) : catalog.get(oid)) };
  const either: Snapshot = { get: (oid) => catalog.get(oid) ?? earlier.get(oid) };
  return [...first].flatMap(([oid, before]): Effect[] => {
    const after = catalog.get(oid);
    const thing = before ?? after;
    if (!thing || before === after) return [];
    const parent = thing.parent === undefined ? undefined : (earlier.get(thing.parent) ?? catalog.get(thing.parent));
    const isNew = start.get(oid) === undefined;
    const isWithParent =
      parent !== undefined && (catalog.get(parent.oid) === undefined || earlier.get(parent.oid) === undefined);
    // What is made with its whole says nothing more.
    if (isNew && isWithParent) return [];
    return [
      {
        kind: thing.kind,
        name: nameIn(before ? earlier : catalog, thing),
        table: thing.kind === 'table' ? sqlName(thing) : parent && sqlName(parent),
        before,
        after,
        isNew,
        isOnNew: isNew && thing.kind === 'table' ? true : parent !== undefined && start.get(parent.oid) === undefined,
        isWithParent,
        inverse: isWithParent ? undefined : language.inverse(either, before, after),
        structure:
          before?.kind === 'column' && !after && !isWithParent ? language.structure(either, before) : undefined,
        sql: (fact, of) => sqlOf(of === 'before' ? earlier : catalog, (of === 'before' ? before : after)?.facts[fact]),
      },
    ];
  });
}
