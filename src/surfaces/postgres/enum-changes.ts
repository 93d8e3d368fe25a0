import type { Versions } from '../../model/artifact.ts';
import { valuesOf } from './catalog/types.ts';
import { changesOfOld, type Found, type SchemaMigration } from './schema-migration.ts';

/** Enums whose values change, with those that are new and those that are gone. */
export function* enumChanges(
  change: Versions<SchemaMigration>,
): Iterable<Found & { readonly added: readonly string[]; readonly gone: readonly string[] }> {
  for (const found of changesOfOld(change)) {
    const { kind, before, after } = found.effect;
    if (kind !== 'type' || !before || !after) continue;
    const [was, is] = [valuesOf(before), valuesOf(after)];
    const added = is.filter((value) => !was.includes(value));
    const gone = was.filter((value) => !is.includes(value));
    const isRename =
      'AlterEnumStmt' in found.step.statement.node && found.step.statement.node.AlterEnumStmt.oldVal !== undefined;
    if (added.length + gone.length === 0) continue;
    yield {
      migration: found.migration,
      step: found.step,
      effect: found.effect,
      at: found.at,
      added: isRename ? [] : added,
      gone: isRename ? [found.step.statement.node.AlterEnumStmt.oldVal ?? ''] : gone,
    };
  }
}
