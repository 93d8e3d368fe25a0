import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { withoutTemplates } from '#src/surfaces/migration-blanks.ts';
import { migrationsOf } from '#src/surfaces/migrations.ts';

const read = (files: Readonly<Record<string, string>>) =>
  migrationsOf(Object.entries(files).map(([path, after]) => ({ path, after })));
const pairs = (files: Readonly<Record<string, string>>) => read(files).map(({ up, down }) => [up.path, down?.path]);

describe('the layouts that people use', () => {
  test('a file for each direction, in the order of the versions', () => {
    const files = { 'm/10_b.up.sql': '', 'm/10_b.down.sql': '', 'm/9_a.up.sql': '', 'm/9_a.down.sql': '' };
    expect(pairs(files)).toEqual([
      ['m/9_a.up.sql', 'm/9_a.down.sql'],
      ['m/10_b.up.sql', 'm/10_b.down.sql'],
    ]);
  });

  test('of several dialects the one that is written for PostgreSQL, and else the one for all', () => {
    const files = {
      '1_a.up.sql': '',
      '1_a.down.sql': '',
      '1_a.postgres.up.sql': '',
      '1_a.mysql.up.sql': '',
      '1_a.sqlite3.up.sql': '',
      '1_a.cockroach.down.sql': '',
    };
    expect(read(files).map(({ dialect, up, down }) => [dialect, up.path, down?.path])).toEqual([
      ['mysql', '1_a.mysql.up.sql', undefined],
      ['postgres', '1_a.postgres.up.sql', '1_a.down.sql'],
    ]);
  });

  test('a folder for each migration, with what its tool notes beside it', () => {
    const files = {
      'migrations/2017-08-31-230457_b/up.sql': '',
      'migrations/2017-08-31-230457_b/down.sql': '',
      'migrations/2017-08-31-230457_b/metadata.toml': 'run_in_transaction = false\n',
      'migrations/2017-08-31-230457_b/rows.sql': '',
      'migrations/20170304182614_a/up.sql': '',
    };
    expect(pairs(files)).toEqual([
      ['migrations/20170304182614_a/up.sql', undefined],
      ['migrations/2017-08-31-230457_b/up.sql', 'migrations/2017-08-31-230457_b/down.sql'],
    ]);
    expect(read(files).map(({ up }) => up.isTransactional)).toEqual([true, false]);
  });

  test('Prisma', () => {
    const files = { 'prisma/migrations/20200101_a/migration.sql': '', 'prisma/migrations/20200101_a/down.sql': '' };
    expect(pairs(files)).toEqual([
      ['prisma/migrations/20200101_a/migration.sql', 'prisma/migrations/20200101_a/down.sql'],
    ]);
  });

  test('Flyway: versions of several parts, an undo beside, and what is repeated comes last', () => {
    const files = { 'R__views.sql': '', 'V1.10__c.sql': '', 'V1.2__b.sql': '', 'V1__a.sql': '', 'U1.2__b.sql': '' };
    expect(pairs(files)).toEqual([
      ['V1__a.sql', undefined],
      ['V1.2__b.sql', 'U1.2__b.sql'],
      ['V1.10__c.sql', undefined],
      ['R__views.sql', undefined],
    ]);
  });

  test('a folder for each direction', () => {
    expect(pairs({ 'sqitch/deploy/users.sql': '', 'sqitch/revert/users.sql': '' })).toEqual([
      ['sqitch/deploy/users.sql', 'sqitch/revert/users.sql'],
    ]);
  });

  test.for([
    ['goose', '-- +goose Up\nselect 1;\n-- +goose Down\nselect 2;\n'],
    ['sql-migrate', '-- +migrate Up\nselect 1;\n-- +migrate Down\nselect 2;\n'],
    ['dbmate', '-- migrate:up\nselect 1;\n-- migrate:down\nselect 2;\n'],
    ['tern', 'select 1;\n---- create above / drop below ----\nselect 2;\n'],
    ['MyBatis', 'select 1;\n-- //@UNDO\nselect 2;\n'],
    ['Play', '# --- !Ups\nselect 1;\n# --- !Downs\nselect 2;\n'],
  ])('both directions in one file, as %s marks them', ([, text = '']) => {
    const [migration] = read({ '1_a.sql': text });
    expect(migration?.up.text).toContain('select 1');
    expect(migration?.up.text).not.toContain('select 2');
    expect(migration?.down?.text).toContain('select 2');
    expect(migration?.down?.text).not.toContain('select 1');
  });

  test.for([
    '-- +goose NO TRANSACTION\n-- +goose Up\nselect 1;\n',
    '-- +migrate Up notransaction\nselect 1;\n',
    '-- migrate:up transaction:false\nselect 1;\n',
  ])('a tool is told to run it outside of a transaction: %j', (text) => {
    expect(read({ '1_a.sql': text })[0]?.up.isTransactional).toBe(false);
  });

  test('a program is known as one', () => {
    expect(read({ 'migrations/1_a.up.go': 'package a', 'migrations/1_a.down.sql': '' })[0]?.isCode).toBe(true);
    expect(read({ 'cmd/main.go': 'package main' })).toEqual([]);
  });

  test('another name for the way back is found by the version', () => {
    expect(pairs({ '1_add_a.up.sql': '', '1_drop_a.down.sql': '' })).toEqual([['1_add_a.up.sql', '1_drop_a.down.sql']]);
  });

  test('MySQL is known by its folder or its words', () => {
    const dialects = read({
      'migrations/mysql/1_a/up.sql': 'create table a (id int)',
      'migrations/sqlite/1_a/up.sql': 'create table a (id int)',
      'other/1_a.sql': 'create table `a` (id int unsigned auto_increment) engine=InnoDB',
    }).map(({ dialect }) => dialect);
    expect(dialects).toEqual(['mysql', 'mysql']);
  });
});

describe('what is not SQL is blank, and the rest stands where it stood', () => {
  test.for([
    ['\\set ON_ERROR_STOP on\nselect 1;', 'select 1;'],
    ['alter table :"name" add a int;', 'alter table  "name" add a int;'],
    ["insert into t values (:'v');", "insert into t values ( 'v');"],
    ['copy t (a) from stdin;\n1\n2\n\\.\nselect 1;', 'copy t (a) from stdin;'],
    ['{{ if .x }}\nselect 1;\n{{ end }}', 'select 1;'],
    ['create table ${schema}.t (a int);', '.t (a int);'],
  ])('%j', ([text = '', left = '']) => {
    const cut = withoutTemplates(text);
    expect(cut).toContain(left);
    expect(cut.length).toBe(text.length);
    expect(cut).not.toMatch(/\\|\{\{|\$\{/);
  });

  test.for([
    "select '\\set x :y {{ z }}';",
    'select a::text, b[1:2];',
    '-- \\set :x\nselect 1;',
    'do $$ begin x := :y; end $$;',
  ])('strings, casts, comments and bodies are left alone: %j', (text) => expect(withoutTemplates(text)).toBe(text));

  test('every line keeps its length, whatever stands in it', () => {
    const pieces = fc.constantFrom(
      "'",
      '"',
      '$$',
      '--',
      '/*',
      '*/',
      '\\x',
      ':a',
      '{{ b }}',
      '${c}',
      '\n',
      'copy t from stdin;\n',
      '\\.',
      'é',
      '😀',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const lengths = (of: string) => of.split('\n').map((line) => line.length);
        expect(lengths(withoutTemplates(text))).toEqual(lengths(text));
      }),
    );
  });
});
