import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { changesOfOld, type SchemaMigration } from './schema-migration.ts';

export const extensionDropped: Rule<SchemaMigration> = {
  id: 'postgres/extension-dropped',
  problem:
    'An extension goes with its types, functions and the rows of its own tables; made anew it may be of another version, and it needs its files on the server.',
  instead: 'Leave it; an extension that nobody uses costs nothing.',
  source: docs.extensions,
  examples: {
    matches: ['drop extension pg_trgm;', 'drop extension if exists hstore cascade;\ndrop extension postgis;'],
    passes: ['create extension pg_trgm;\ndrop extension pg_trgm;'],
  },
  *find(change) {
    for (const { effect, at } of changesOfOld(change)) {
      const { kind, before, after, name } = effect;
      if (kind !== 'extension' || !before || after) continue;
      yield {
        class: 'reversible-with-manual-repair',
        message: `The extension “${name}” is dropped. It can be made anew, in the version that is installed then, and empty.`,
        instead: 'Leave it in place.',
        inverse: `CREATE EXTENSION ${before.name} VERSION '<its version before>';`,
        probe: `select extversion from pg_extension where extname = '${before.name}'`,
        closedBy: 'the commit of this migration',
        at,
      };
    }
  },
};
