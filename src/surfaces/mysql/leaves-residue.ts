import type { Rule } from '../../model/surface.ts';
import { leavesResidue as inPostgres } from '../postgres/leaves-residue.ts';
import type { SchemaMigration } from '../postgres/schema-migration.ts';
import { docs } from './docs.ts';

export const leavesResidue: Rule<SchemaMigration> = {
  id: 'mysql/leaves-residue',
  problem:
    'The way back leaves something behind that the way there made, such as the index that a foreign key brought with it.',
  instead: 'Drop in the way back all that the way there makes.',
  source: docs.foreignKeys,
  examples: {
    matches: [
      '-- migrate:up\nalter table `orders` add constraint `fk` foreign key (`user_id`) references `users` (`id`);\n-- migrate:down\nalter table `orders` drop foreign key `fk`;\n',
    ],
    passes: [
      '-- migrate:up\nalter table `orders` add constraint `fk` foreign key (`user_id`) references `users` (`id`);\n-- migrate:down\nalter table `orders` drop foreign key `fk`;\nalter table `orders` drop index `fk`;\n',
    ],
  },
  find: (change) => inPostgres.find(change),
};
