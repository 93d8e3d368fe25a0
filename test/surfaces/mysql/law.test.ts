import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Fault } from '#src/model/fault.ts';
import { migrationsOf } from '#src/surfaces/migrations.ts';
import { mysql } from '#src/surfaces/mysql/index.ts';
import { keepsValues } from '#src/surfaces/mysql/keeps-values.ts';
import { language } from '#src/surfaces/mysql/language.ts';
import { noDown } from '#src/surfaces/mysql/no-down.ts';
import { parse } from '#src/surfaces/mysql/statements.ts';
import { Catalog } from '#src/surfaces/postgres/catalog/catalog.ts';
import { roundTrip } from '#src/surfaces/postgres/catalog/round-trip.ts';
import { withPlaces } from '#src/surfaces/postgres/schema-migration.ts';

const earlier = `
  CREATE TABLE \`a\` (\`id\` int(11) unsigned NOT NULL AUTO_INCREMENT, \`name\` varchar(20) NOT NULL DEFAULT 'x' COMMENT 'its name', \`n\` int, PRIMARY KEY (\`id\`), KEY \`a_n\` (\`n\`), UNIQUE KEY \`a_name\` (\`name\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
  CREATE TABLE \`b\` (\`id\` bigint PRIMARY KEY, \`a_id\` int unsigned, \`t\` text, s enum('x','y'), CONSTRAINT \`fk\` FOREIGN KEY (\`a_id\`) REFERENCES \`a\` (\`id\`) ON DELETE CASCADE);
  CREATE VIEW \`v\` AS SELECT id FROM a;
`;

function trip(up: string, down: string) {
  const files = Object.entries({
    'mysql/1_a.up.sql': earlier,
    'mysql/2_b.up.sql': up,
    ...(down !== '' && { 'mysql/2_b.down.sql': down }),
  });
  const [first, second] = migrationsOf(files.map(([path, after]) => ({ path, after })));
  if (!first || !second) throw new Error('no migrations');
  const catalog = new Catalog();
  roundTrip(language, catalog, first, false);
  return { ...roundTrip(language, catalog, second, true), migration: second };
}
const differences = (up: string, down: string): readonly string[] => {
  const { failure, differences: found } = trip(up, down);
  return [
    ...(failure ? [failure.why] : []),
    ...found.map(({ what, name, facts }) => `${what} ${name} ${facts.join()}`),
  ];
};

describe('the way back that is offered', () => {
  test.for([
    'create table c (id int primary key, a_id int unsigned, foreign key (a_id) references a (id))',
    'alter table a add column extra int not null default 1',
    'alter table a modify n bigint',
    "alter table a modify name varchar(40) not null default 'x' comment 'its name'",
    "alter table a change name title varchar(20) not null default 'x' comment 'its name'",
    'alter table a rename column n to m',
    'rename table b to bb',
    'alter table b rename to bb',
    'drop index a_n on a',
    'alter table a drop key a_name',
    'create index i on b (a_id, id)',
    'alter table b drop foreign key fk',
    'alter table b add constraint positive check (id > 0)',
    'drop view v',
    "alter table a alter column name set default 'y'",
    "alter table b modify s enum('x','y','z')",
  ])('undoes exactly: %s', (up) => {
    const gone = trip(up, '');
    const [found] = [...noDown.find({ after: withPlaces(gone.migration, gone, true) })];
    expect(found?.inverse).toBeDefined();
    expect(differences(up, found?.inverse ?? '')).toEqual([]);
  });
});

describe('a way back that is not one is known', () => {
  test.for([
    ['alter table a modify n bigint', 'alter table a modify n int not null', 'changed a.n notNull'],
    [
      "alter table a modify name varchar(40) not null default 'x' comment 'its name'",
      'alter table a modify name varchar(20)',
      'changed a.name',
    ],
    ['alter table a add constraint f2 foreign key (n) references b (id)', 'alter table a drop foreign key f2', ''],
    [
      'alter table b add z int unsigned, add constraint f2 foreign key (z) references a (id)',
      'alter table b drop foreign key f2',
      'left over b.z',
    ],
    ['alter table a drop column n', 'alter table a add column n int', 'missing'],
    ['create table c (id int)', 'drop table d', 'relation "d" does not exist'],
    ['drop table b', 'create table b (id bigint primary key)', 'missing'],
  ])('%s / %s', ([up = '', down = '', told = '']) => {
    const found = differences(up, down).join('; ');
    if (told === '') expect(found).toBe('');
    else expect(found).toContain(told);
  });

  test('the index that a foreign key brings stays when the key goes', () => {
    const up = 'alter table b add z int unsigned; alter table b add constraint f2 foreign key (z) references a (id)';
    expect(differences(up, 'alter table b drop foreign key f2; alter table b drop column z')).toEqual([]);
    expect(
      differences(
        'alter table a add constraint f2 foreign key (id, n) references b (id, a_id)',
        'alter table a drop foreign key f2',
      ).join(),
    ).toContain('left over a.f2');
  });
});

test('statements are cut as the client cuts them', () => {
  const cut = (text: string) => [...parse(text)].map(({ start, end }) => text.slice(start, end));
  expect(cut("select ';'; -- a;\n# b;\nselect `;`;/* ; */ select 1")).toEqual(["select ';'", 'select `;`', 'select 1']);
  expect(
    cut(
      'DELIMITER $$\ncreate trigger t before insert on a for each row begin set @x = 1; end$$\nDELIMITER ;\nselect 1;',
    ),
  ).toEqual(['create trigger t before insert on a for each row begin set @x = 1; end', 'select 1']);
  expect(
    cut('create procedure p() begin if 1 then select 1; end if; case when 1 then select 2; end case; end; select 3'),
  ).toHaveLength(2);
  expect(cut('/*!40101 SET NAMES utf8 */;\nselect 1')).toEqual(['SET NAMES utf8', 'select 1']);
});

test('a value is kept only where the new type holds it', () => {
  for (const [from, to, isKept] of [
    ['int', 'bigint', true],
    ['bigint', 'int', false],
    ['int', 'int unsigned', false],
    ['int unsigned', 'bigint', true],
    ['varchar ( 20 )', 'varchar ( 40 )', true],
    ['varchar ( 40 )', 'varchar ( 20 )', false],
    ['varchar ( 40 )', 'text', true],
    ['text', 'varchar ( 40 )', false],
    ['decimal ( 10 , 2 )', 'decimal ( 12 , 2 )', true],
    ['decimal ( 10 , 2 )', 'decimal ( 10 , 4 )', false],
    ["enum ( 'a' , 'b' )", "enum ( 'a' , 'b' , 'c' )", true],
    ["enum ( 'a' , 'b' )", "enum ( 'b' , 'a' )", false],
    ['datetime', 'date', false],
  ] as const)
    expect([from, to, keepsValues(from, to)]).toEqual([from, to, isKept]);
});

test('every finding stands in its file, and nothing but a fault comes out', async () => {
  const words = fc.constantFrom(
    'alter table a ',
    'drop column n',
    'modify ',
    'change ',
    '`n` ',
    'int',
    ' varchar(',
    '20',
    ')',
    '(',
    ',',
    ';',
    "'",
    '"',
    '`',
    '--',
    ' #',
    '/*!',
    '*/',
    '\n',
    'DELIMITER $$\n',
    '$$',
    'begin ',
    'end',
    'case ',
    'create table ',
    'create trigger t ',
    'insert into a values ',
    'select ',
    'foreign key ',
    'references ',
    'update a set n = ',
    ' where ',
    'é',
    '😀',
    '\0',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(words, { maxLength: 30 }), fc.array(words, { maxLength: 15 }), async (up, down) => {
      const files = [
        { path: 'mysql/1_a.up.sql', before: earlier, after: earlier },
        { path: 'mysql/2_b.up.sql', after: up.join('') },
        { path: 'mysql/2_b.down.sql', after: down.join('') },
      ];
      for await (const reading of mysql.read(files)) {
        if ('unread' in reading) {
          expect(reading.unread).toBeInstanceOf(Fault);
          continue;
        }
        for (const rule of mysql.rules)
          for (const { at, message } of rule.find(reading)) {
            const lines = files.find(({ path }) => path === at?.path)?.after.split('\n') ?? [];
            expect(message).not.toMatch(/[\uE000\uE001]/);
            if (at)
              expect([at.line <= lines.length, at.column <= (lines[at.line - 1]?.length ?? 0) + 1]).toEqual([
                true,
                true,
              ]);
          }
      }
    }),
    { numRuns: 300 },
  );
});
