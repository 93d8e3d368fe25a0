import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { positionIn, quoted, type SchemaMigration, upEffects } from './schema-migration.ts';

export const downDiscardsNewData: Rule<SchemaMigration> = {
  id: 'postgres/down-discards-new-data',
  problem:
    'The way back drops tables or columns that the migration made: what the new version has written into them by then is lost.',
  instead: 'Roll back the application and leave what is new in place: the old version does not see it.',
  source: docs.dropTable,
  examples: {
    matches: [
      '-- migrate:up\ncreate table a (id int);\n-- migrate:down\ndrop table a;\n',
      '-- migrate:up\nalter table users add column email text;\n-- migrate:down\nalter table users drop column email;\n',
    ],
    passes: ['-- migrate:up\ncreate index i on users (email);\n-- migrate:down\ndrop index i;\n'],
  },
  *find(change) {
    const { after } = change;
    if (!after) return;
    const made = new Map(
      upEffects(change).flatMap(({ effect }) =>
        !effect.before && effect.after && holdsData(effect.kind) && !effect.isWithParent
          ? [[effect.after.oid, effect] as const]
          : [],
      ),
    );
    const dropped = after.down.flatMap((step) =>
      step.effects.flatMap((effect) =>
        !effect.after && !effect.isWithParent && made.has(effect.before?.oid ?? 0) ? [{ step, effect }] : [],
      ),
    );
    const [first] = dropped;
    if (!first) return;
    const { kind, table, before } = first.effect;
    yield {
      class: 'fully-reversible',
      classAfterWrites: 'reversible-with-compatibility-window',
      message: `The way back drops ${quoted(dropped.map(({ effect }) => effect.name))} with whatever the new version has written there.`,
      instead: 'Leave it and roll back the application only; or copy it before.',
      probe:
        kind === 'table'
          ? `select 1 from ${table} limit 1`
          : `select 1 from ${table} where ${before?.name} is not null limit 1`,
      closedBy: 'the first row that the new version writes there',
      at: positionIn(after, 'down', first.step.statement.start),
    };
  },
};

const holdsData = (kind: string): boolean => kind === 'table' || kind === 'column';
