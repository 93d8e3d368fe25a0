import type { Versions } from '../../model/artifact.ts';
import type { Finding } from '../../model/finding.ts';
import type { Migration } from '../../model/migration.ts';
import type { Difference } from './catalog/compare.ts';
import type { Effect } from './catalog/effects.ts';
import type { RoundTrip, Step } from './catalog/round-trip.ts';
import { dataOf, type Oid } from './catalog/thing.ts';
import { placesIn, type Places } from './places.ts';

/** A migration, and what going there and back came to. */
export interface SchemaMigration extends RoundTrip {
  readonly migration: Migration;
  /** Earlier migrations were read, so that what is there is known. */
  readonly isAfterOthers: boolean;
  readonly places: { readonly up: Places; readonly down: Places };
}

export type At = NonNullable<Finding['at']>;
export type Side = 'up' | 'down';

export const withPlaces = (migration: Migration, trip: RoundTrip, isAfterOthers: boolean): SchemaMigration => ({
  ...trip,
  migration,
  isAfterOthers,
  places: { up: placesIn(migration.up.text), down: placesIn(migration.down?.text ?? '') },
});

export function positionIn(migration: SchemaMigration, side: Side, offset: number): At {
  const { path } = side === 'up' ? migration.migration.up : (migration.migration.down ?? migration.migration.up);
  return { path, ...migration.places[side].positionAt(offset) };
}

/** One effect of the way there, with its place. */
export class Found {
  readonly migration: SchemaMigration;
  readonly step: Step;
  readonly effect: Effect;

  constructor(migration: SchemaMigration, step: Step, effect: Effect) {
    this.migration = migration;
    this.step = step;
    this.effect = effect;
  }

  get at(): At {
    return positionIn(this.migration, 'up', this.step.statement.start);
  }
}

interface Sorted {
  readonly all: readonly Found[];
  readonly ofOld: readonly Found[];
  readonly toOld: readonly Found[];
}
/** Each rule asks for the same. */
const sorted = new WeakMap<SchemaMigration, Sorted>();

function sortedOf({ after }: Versions<SchemaMigration>): Sorted {
  if (!after) return { all: [], ofOld: [], toOld: [] };
  const known = sorted.get(after);
  if (known) return known;
  const all = after.up.flatMap((step) => step.effects.map((effect) => new Found(after, step, effect)));
  const made: Sorted = {
    all,
    ofOld: all.filter(({ effect }) => !effect.isNew && !effect.isOnNew),
    toOld: all.filter(({ effect }) => effect.isNew && !effect.isOnNew && !effect.before && effect.table !== undefined),
  };
  sorted.set(after, made);
  return made;
}

/** What each statement of the way there did, in order. */
export const upEffects = (change: Versions<SchemaMigration>): readonly Found[] => sortedOf(change).all;
/** Of things that were there before the migration. */
export const changesOfOld = (change: Versions<SchemaMigration>): readonly Found[] => sortedOf(change).ofOld;
/** Parts that are new on tables that were there before. */
export const additionsToOld = (change: Versions<SchemaMigration>): readonly Found[] => sortedOf(change).toOld;

/** Whether the way back leaves it gone, or without what was in it. */
export const isLost = ({ differences }: SchemaMigration, oid: Oid | undefined, parent?: Oid): boolean =>
  differences.some(
    ({ what, before }) =>
      before !== undefined &&
      ((before.oid === oid && (what === 'data' || what === 'missing')) ||
        (before.oid === parent && what === 'missing')),
  );

/** Whether rows or values that were there before are gone after it. */
export function takesData({ kind, before, after }: Effect): boolean {
  if (!before || !after) return before !== undefined;
  if (kind === 'column') return before.data !== after.data;
  const now = dataOf(after);
  return kind === 'table' && dataOf(before).some((source) => source.includes('@') && !now.includes(source));
}

/** Whether the way back leaves it as it was. */
export const isBack = ({ differences }: SchemaMigration, oid: Oid | undefined): boolean =>
  !differences.some(({ before, after }) => before?.oid === oid || after?.oid === oid);

export const sqlIn = (
  { migration }: SchemaMigration,
  { start, end }: { readonly start: number; readonly end: number },
  side: Side = 'up',
): string => (side === 'up' ? migration.up : (migration.down ?? migration.up)).text.slice(start, end);

/** The condition of an UPDATE or a DELETE, as it is written. */
export const conditionIn = (sql: string): string | undefined =>
  /\bwhere\b([\s\S]*)$/i
    .exec(sql)?.[1]
    ?.replace(/\breturning\b[\s\S]*$/i, '')
    .trim();

/** Whether the project wrote a way back. */
export const hasDown = ({ migration, down, failure, refused }: SchemaMigration): boolean =>
  migration.down !== undefined && (down.length > 0 || failure !== undefined || refused.down.length > 0);

export const quoted = (names: readonly string[]): string => {
  const shown = names.slice(0, most).map((name) => `“${name}”`);
  return shown.join(', ') + (names.length > most ? ` and ${names.length - most} more` : '');
};
const most = 6;

export const differenceWords = ({ kind, name }: Difference): string =>
  kind === 'comment' ? `the ${name}` : `the ${kindWords[kind] ?? kind} “${name}”`;
const kindWords: Partial<Record<Difference['kind'], string>> = { other: 'object', privilege: 'privilege' };
