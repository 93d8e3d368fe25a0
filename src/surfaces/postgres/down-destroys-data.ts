import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { positionIn, takesData, type SchemaMigration, upEffects } from './schema-migration.ts';

export const downDestroysData: Rule<SchemaMigration> = {
  id: 'postgres/down-destroys-data',
  problem: 'The way back itself takes away data that was there before the migration: it is worse than no way back.',
  instead: 'Take out of the way back what the way there did not do.',
  source: docs.dropTable,
  examples: {
    matches: [
      '-- migrate:up\nalter table users add column email text;\n-- migrate:down\ndrop table users;\n',
      '-- migrate:up\nselect 1;\n-- migrate:down\ndelete from users;\n',
    ],
    passes: ['-- migrate:up\ncreate table a (id int);\n-- migrate:down\ndrop table a;\n'],
  },
  *find(change) {
    const { after } = change;
    if (!after || after.failure) return;
    const touched = new Set(
      upEffects(change)
        .filter(({ effect }) => takesData(effect))
        .map(({ effect }) => effect.before?.oid),
    );
    for (const { what, kind, name, before } of after.differences) {
      const isData = what === 'data' || (what === 'missing' && (kind === 'table' || kind === 'column'));
      if (!isData || touched.has(before?.oid)) continue;
      const back = after.down.find(({ effects }) =>
        effects.some((effect) => effect.before?.oid === before?.oid && takesData(effect)),
      );
      if (!back) continue;
      yield {
        class: 'non-recoverable-without-restore',
        message: `The way back destroys what was in “${name}” before the migration.`,
        instead: 'Do not run it; roll back the application only.',
        closedBy: 'the way back',
        at: positionIn(after, 'down', back.statement.start),
      };
    }
  },
};
