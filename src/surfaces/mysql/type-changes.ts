import type { Versions } from '../../model/artifact.ts';
import { changesOfOld, type SchemaMigration } from '../postgres/schema-migration.ts';
import { keepsValues } from './keeps-values.ts';

type OldChange = ReturnType<typeof changesOfOld> extends Iterable<infer One> ? One : never;
export interface TypeChange {
  readonly change: OldChange;
  readonly from: string;
  readonly to: string;
  /** Every value of the old type is one of the new. */
  readonly isWider: boolean;
}

/** Columns that were there before and get another type. */
export function* typeChanges(change: Versions<SchemaMigration>): Iterable<TypeChange> {
  for (const one of changesOfOld(change)) {
    const { kind, before, after } = one.effect;
    const [from, to] = [before?.facts['type'], after?.facts['type']];
    if (kind === 'column' && typeof from === 'string' && typeof to === 'string' && from !== to)
      yield { change: one, from, to, isWider: keepsValues(from, to) };
  }
}
