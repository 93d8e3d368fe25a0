import type { Rule } from '../../model/surface.ts';
import { changedDefault as inPostgres } from '../postgres/changed-default.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const changedDefault: Rule<SchemaMigration> = {
  id: 'mysql/changed-default',
  problem: 'A default changes: rows that are written meanwhile keep what they got.',
  instead: 'Let the application give the value itself.',
  source: docs.alterTable,
  examples: {
    matches: ["alter table `users` alter column `state` set default 'new';"],
    passes: ['create table `t` (`a` int);\nalter table `t` alter column `a` set default 1;'],
  },
  find: (change) => inPostgres.find(change),
};
