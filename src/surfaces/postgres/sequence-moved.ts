import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { positionIn, sqlIn, type SchemaMigration } from './schema-migration.ts';

export const sequenceMoved: Rule<SchemaMigration> = {
  id: 'postgres/sequence-moved',
  problem:
    'A sequence is set to another number. Sequences take part in no transaction: a rollback does not set them back, and numbers may be given twice.',
  instead: 'Note last_value first, and only ever move a sequence forward.',
  source: docs.sequences,
  examples: {
    matches: ['alter sequence users_id_seq restart with 1;', "select setval('users_id_seq', 1);"],
    passes: [
      'alter sequence users_id_seq owned by users.id;',
      "create table t (id serial);\nselect setval('t_id_seq', 1);",
    ],
  },
  *find({ after }) {
    if (!after) return;
    const made = new Set(
      after.up.flatMap(({ effects }) =>
        effects.flatMap((effect) => (effect.kind === 'sequence' && !effect.before ? [effect.after?.name] : [])),
      ),
    );
    for (const { statement } of after.up) {
      const name = moved(statement.node, sqlIn(after, statement));
      if (name === undefined || made.has(name)) continue;
      yield {
        class: 'reversible-with-compatibility-window',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `The sequence “${name}” is set to another number. Where it was is not kept, and no way back sets it there again.`,
        instead: 'Note where it was; set it forward only.',
        inverse: `SELECT setval('${name}', <last_value before the migration>);`,
        probe: `select last_value from ${name}`,
        closedBy: 'the next number that is taken',
        at: positionIn(after, 'up', statement.start),
      };
    }
  },
};

function moved(node: object, sql: string): string | undefined {
  if ('AlterSeqStmt' in node)
    return /\brestart\b/i.test(sql) ? /sequence\s+(?:if\s+exists\s+)?"?([\w.]+)/i.exec(sql)?.[1] : undefined;
  return 'SelectStmt' in node ? /\bsetval\s*\(\s*'"?([\w.]+)/i.exec(sql)?.[1] : undefined;
}
