import type { Surface } from '../../model/surface.ts';
import { dialectIn } from '../migration-dialect.ts';
import { migrationName } from '../migration-name.ts';
import { isMigrationFile } from '../migrations.ts';
import { loadLanguage } from './language.ts';
import { readMigrations } from './read-migrations.ts';
import { rules } from './registry.ts';
import type { SchemaMigration } from './schema-migration.ts';

export const postgres: Surface<SchemaMigration> = {
  name: 'postgres',
  summary: 'PostgreSQL migrations, each with its way back, in the layouts of the usual tools.',
  wayBack: 'Roll back the application and leave the schema; run the way back only where it is known to lose nothing.',
  mainRisk:
    'What was dropped, deleted or converted is gone, and a way back that recreates its shape brings back no data.',
  examplePath: 'migrations/1_example.sql',
  recognises: (path, text) => {
    const name = migrationName(path);
    if (!name) return isMigrationFile(path);
    if (name.isCode) return true;
    return name.dialect === undefined ? dialectIn(text) === 'postgres' : name.dialect === 'postgres';
  },
  async *read(files) {
    yield* readMigrations(files, 'postgres', await loadLanguage());
  },
  rules: Object.values(rules),
};
