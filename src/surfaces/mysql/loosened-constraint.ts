import type { Rule } from '../../model/surface.ts';
import { loosenedConstraint as inPostgres } from '../postgres/loosened-constraint.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const loosenedConstraint: Rule<SchemaMigration> = {
  id: 'mysql/loosened-constraint',
  problem: 'A constraint is taken away: once something is written that it forbade, it cannot be put back.',
  instead: 'Leave it off when you roll back, or clean the rows first.',
  source: docs.foreignKeys,
  examples: {
    matches: [
      'alter table `orders` drop foreign key `orders_ibfk_1`;',
      'alter table `users` modify `email` varchar(50) null;',
    ],
    passes: ['alter table `users` add index `i` (`email`);'],
  },
  find: (change) => inPostgres.find(change),
};
