import type { Catalog, Snapshot } from './catalog.ts';
import { ownData, withNames, type Fact, type Kind, type Oid, type Thing } from './thing.ts';

/** One thing that is not as it was. */
export interface Difference {
  readonly what: 'missing' | 'left over' | 'changed' | 'data';
  readonly kind: Kind;
  /** For people. */
  readonly name: string;
  readonly before: Thing | undefined;
  readonly after: Thing | undefined;
  /** Facts that differ, or what became of the data. */
  readonly facts: readonly string[];
}

/**
 * Compares now with the beginning of the migration, by what was touched since then.
 *
 * @param turn where the way back begins in the log
 */
export function compare(catalog: Catalog, turn: number): readonly Difference[] {
  const { start } = catalog;
  const touched = [...start.touched];
  const then = named(start, touched);
  const now = named(catalog, touched);
  const turned = new Set(catalog.since(turn).map((edit) => edit.before?.oid ?? edit.after?.oid));
  const lost = [...then].flatMap(([key, before]) => {
    const after = now.get(key);
    if (!after)
      return isPartOfLost(start, then, now, before) ? [] : [difference('missing', start, before, undefined, [])];
    const facts = changedFacts(start, catalog, before, after, turned);
    return [
      ...(facts.length > 0 ? [difference('changed', start, before, after, facts)] : []),
      ...(isDataGone(catalog, before, after) ? [difference('data', start, before, after, [])] : []),
    ];
  });
  const left = [...now].flatMap(([key, after]) =>
    then.has(key) || isPartOfLeft(catalog, then, after) ? [] : [difference('left over', catalog, undefined, after, [])],
  );
  return [...lost, ...left];
}

const difference = (
  what: Difference['what'],
  in_: Snapshot,
  before: Thing | undefined,
  after: Thing | undefined,
  facts: readonly string[],
): Difference => {
  const thing = before ?? after;
  return { what, kind: thing?.kind ?? 'other', name: thing ? nameIn(in_, thing) : '', before, after, facts };
};

const named = (snapshot: Snapshot, oids: readonly Oid[]): ReadonlyMap<string, Thing> =>
  new Map(
    oids
      .flatMap((oid) => snapshot.get(oid) ?? [])
      .filter((thing) => thing.schema !== 'pg_temp' && !isInternal(thing))
      .map((thing) => [keyOf(snapshot, thing), thing]),
  );

/** The sequence behind an identity column is named by the server and printed with the column. */
const isInternal = (thing: Thing): boolean => thing.kind === 'sequence' && thing.facts['identity'] === true;

const keyOf = (snapshot: Snapshot, thing: Thing): string => `${thing.kind} ${nameIn(snapshot, thing)}`;

/** `public` goes without saying. */
export function nameIn(snapshot: Snapshot, thing: Thing): string {
  const parent = thing.parent === undefined ? undefined : snapshot.get(thing.parent);
  if (thing.kind === 'column' && parent) return `${nameIn(snapshot, parent)}.${thing.name}`;
  if (thing.kind === 'comment') return parent ? `comment on ${parent.kind} ${nameIn(snapshot, parent)}` : thing.name;
  if (thing.kind !== 'index' && parent) return `${thing.name} on ${nameIn(snapshot, parent)}`;
  return thing.schema === '' || thing.schema === 'public' ? thing.name : `${thing.schema}.${thing.name}`;
}

/** What is part of a missing table is not told again. */
function isPartOfLost(
  start: Snapshot,
  then: ReadonlyMap<string, Thing>,
  now: ReadonlyMap<string, Thing>,
  thing: Thing,
): boolean {
  const parent = thing.parent === undefined ? undefined : start.get(thing.parent);
  const key = parent && keyOf(start, parent);
  return key !== undefined && then.has(key) && !now.has(key);
}
function isPartOfLeft(catalog: Catalog, then: ReadonlyMap<string, Thing>, thing: Thing): boolean {
  const parent = thing.parent === undefined ? undefined : catalog.get(thing.parent);
  return parent !== undefined && catalog.start.get(parent.oid) === undefined && !then.has(keyOf(catalog, parent));
}

function changedFacts(
  start: Snapshot,
  catalog: Catalog,
  before: Thing,
  after: Thing,
  turned: ReadonlySet<Oid | undefined>,
): readonly string[] {
  const keys = new Set([...Object.keys(before.facts), ...Object.keys(after.facts)]);
  return [...keys].filter((key) => {
    // Nobody knows what it was: what the way back says of it is taken for it.
    if (before.isAssumed && before.facts[key] === undefined)
      return after.facts[key] !== undefined && !turned.has(after.oid);
    return printed(start, before.facts[key]) !== printed(catalog, after.facts[key]);
  });
}

function printed(snapshot: Snapshot, fact: Fact): string {
  const nameOf = (oid: Oid): string => {
    const thing = snapshot.get(oid);
    return thing ? nameIn(snapshot, thing) : '?';
  };
  const value = fact === false || fact === '' || (Array.isArray(fact) && fact.length === 0) ? undefined : fact;
  return withNames(JSON.stringify(value) ?? '', nameOf);
}

function isDataGone(catalog: Catalog, before: Thing, after: Thing): boolean {
  if (before.kind === 'table') return !(after.data ?? [ownData(after.oid)]).includes(ownData(before.oid));
  if (before.kind !== 'column' || before.facts['generated'] !== undefined) return false;
  const table = after.parent === undefined ? undefined : catalog.get(after.parent);
  if (table?.kind !== 'table' || catalog.start.get(before.parent ?? 0)?.kind !== 'table') return false;
  const data = after.data ?? [ownData(after.oid)];
  return data.length !== 1 || withoutCasts(data[0] ?? '') !== ownData(before.oid);
}

/** A type that did not come back is told as such; its values are all there. */
const withoutCasts = (data: string): string => data.replace(/(?:\|(?!lossy)[^|]*)+$/, '');
