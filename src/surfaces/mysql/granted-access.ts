import type { Rule } from '../../model/surface.ts';
import { grantedAccess as inPostgres } from '../postgres/granted-access.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const grantedAccess: Rule<SchemaMigration> = {
  id: 'mysql/granted-access',
  problem:
    'A user may do more than before. The privilege can be taken away again; what was read or written with it meanwhile cannot.',
  instead: 'Grant to the narrowest user, and note when it was given and taken away.',
  source: docs.grant,
  examples: {
    matches: ["grant select on app.* to 'reporting'@'%';"],
    passes: ['create table `t` (id int);'],
  },
  find: (change) => inPostgres.find(change),
};
