import type { Rule } from '../../model/surface.ts';
import { docs } from './docs.ts';
import { positionIn, type SchemaMigration } from './schema-migration.ts';

export const editedAfterRelease: Rule<SchemaMigration> = {
  id: 'postgres/edited-after-release',
  problem:
    'The way there of a migration that was there before is changed. Databases that have run it do not run it again: from now on they differ from new ones.',
  instead: 'Leave it as it is and write a new migration.',
  source: docs.transactions,
  examples: {
    matches: [{ before: 'create table a (id int);', after: 'create table a (id bigint);' }],
    passes: [
      { before: 'create table a (id int);', after: '-- the first table\ncreate table a (id int);' },
      'create table a (id int);',
    ],
  },
  *find({ before, after }) {
    if (!before || !after || wordsOf(before) === wordsOf(after)) return;
    yield {
      class: 'reversible-with-manual-repair',
      message:
        'This migration is changed after the fact. Where it has run, nothing happens, and its way back meets a schema that it does not expect.',
      instead: 'Put the change into a migration of its own.',
      at: positionIn(after, 'up', after.up[0]?.statement.start ?? 0),
    };
  },
};

/** The statements without comments and blanks between them. */
const wordsOf = ({ migration, up }: SchemaMigration): string =>
  up
    .map(({ statement }) =>
      migration.up.text
        .slice(statement.start, statement.end)
        .replaceAll(/--[^\n]*|\/\*[^]*?\*\//g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .join(';');
