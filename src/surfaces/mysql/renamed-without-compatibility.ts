import type { Rule } from '../../model/surface.ts';
import { renamedWithoutCompatibility as inPostgres } from '../postgres/renamed-without-compatibility.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const renamedWithoutCompatibility: Rule<SchemaMigration> = {
  id: 'mysql/renamed-without-compatibility',
  problem: 'A table or a column gets another name: the version that uses the old name fails at once.',
  instead: 'Leave a view under the old name, or add the new column beside the old one and write both.',
  source: docs.onlineDdl,
  examples: {
    matches: [
      'rename table `users` to `people`;',
      'alter table `users` rename column `mail` to `email`;',
      'alter table `users` change `mail` `email` varchar(50);',
    ],
    passes: ['rename table `users` to `people`;\ncreate view `users` as select * from `people`;'],
  },
  find: (change) => inPostgres.find(change),
};
