import type { Surface } from '../../model/surface.ts';
import { dialectIn } from '../migration-dialect.ts';
import { migrationName } from '../migration-name.ts';
import { readMigrations } from '../postgres/read-migrations.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { language } from './language.ts';
import { rules } from './registry.ts';

export const mysql: Surface<SchemaMigration> = {
  name: 'mysql',
  summary: 'MySQL and MariaDB migrations, each with its way back, in the layouts of the usual tools.',
  wayBack: 'Roll back the application and leave the schema; every statement commits at once, so there is no half way.',
  mainRisk:
    'A migration that fails in the middle stays half done, and what was dropped or cut is gone in milliseconds.',
  examplePath: 'migrations/mysql/1_example.sql',
  recognises: (path, text) => {
    const name = migrationName(path);
    if (!name || name.isCode) return name?.dialect === 'mysql';
    return name.dialect === undefined ? dialectIn(text) === 'mysql' : name.dialect === 'mysql';
  },
  read: (files) => readMigrations(files, 'mysql', language),
  rules: Object.values(rules),
};
