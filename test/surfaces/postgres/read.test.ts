import { describe, expect, test } from 'vitest';

import type { SourceFile } from '#src/model/artifact.ts';
import type { Finding } from '#src/model/finding.ts';
import { assess } from '#src/pipeline/assess.ts';
import { postgres } from '#src/surfaces/postgres/index.ts';

const now = '2026-01-01T00:00:00.000Z' as Parameters<typeof assess>[2];
const assessed = (files: readonly SourceFile[]) =>
  assess({ postgres } as unknown as Parameters<typeof assess>[0], files, now);
const rulesIn = (findings: readonly Finding[] = []) => findings.map(({ rule }) => rule);

const users = {
  path: 'm/1_users.up.sql',
  after: 'create table users (id int primary key, email varchar(50) not null);',
};
const old = { ...users, before: users.after };

describe('what changed is assessed, and what did not is only what it stands on', () => {
  test('[N2] the earlier migrations say what a column was', async () => {
    const files = [
      old,
      { path: 'm/2_wide.up.sql', after: 'alter table users alter column email type text;' },
      { path: 'm/2_wide.down.sql', after: 'alter table users alter column email type varchar(50);' },
    ];
    const { artifacts } = await assessed(files);
    expect(artifacts.map(({ path }) => path)).toEqual(['m/2_wide.up.sql']);
    expect(artifacts[0]?.findings.find(({ rule }) => rule === 'postgres/widened-type')).toMatchObject({
      class: 'fully-reversible',
      classAfterWrites: 'reversible-with-manual-repair',
      inverse: 'ALTER TABLE users ALTER COLUMN email TYPE varchar(50);',
      probe: 'select 1 from users where length(email) > 50 limit 1',
      at: { path: 'm/2_wide.up.sql', line: 1, column: 1 },
    });
  });

  test('[N3] of a folder that is new, every migration in its order, and the one after which there is only forward', async () => {
    const files = [
      { path: 'm/10_c.up.sql', after: 'drop table users;' },
      { path: 'm/9_b.up.sql', after: 'create index on users (email);' },
      users,
    ];
    const { artifacts, pointOfNoReturn } = await assessed(files);
    expect(artifacts.map(({ path }) => path)).toEqual(['m/1_users.up.sql', 'm/9_b.up.sql', 'm/10_c.up.sql']);
    expect(pointOfNoReturn?.artifact).toBe('m/10_c.up.sql');
  });

  test('folders are databases of their own', async () => {
    const files = [
      { path: 'a/1_t.up.sql', before: 'create table t (id int);', after: 'create table t (id int);' },
      { path: 'b/1_t.up.sql', after: 'create table t (id int);' },
      { path: 'b/1_t.down.sql', after: 'drop table t;' },
    ];
    expect((await assessed(files)).class).toBe('fully-reversible');
  });

  test('one that was there before is edited, or removed', async () => {
    const edited = await assessed([{ ...users, before: 'create table users (id int primary key);' }]);
    expect(rulesIn(edited.artifacts[0]?.findings)).toContain('postgres/edited-after-release');
    const removed = await assessed([{ path: users.path, before: users.after }]);
    expect(rulesIn(removed.artifacts[0]?.findings)).toEqual(['postgres/removed-migration']);
  });
});

describe('what cannot be read is said', () => {
  test.for([
    ['a program', { path: 'migrations/2_x.up.go', after: 'package x' }, /is a program/],
    ['a very long file', { path: 'm/2_x.up.sql', after: ' '.repeat(16_000_001) }, /characters/],
  ] as const)('%s', async ([, file, words]) => {
    const { artifacts } = await assessed([file]);
    expect(artifacts[0]).toMatchObject({
      class: 'reversible-with-manual-repair',
      findings: [{ rule: 'postgres/unread' }],
    });
    expect(artifacts[0]?.findings[0]?.message).toMatch(words);
  });

  test('a version that is taken twice', async () => {
    const files = ['m/1_a.up.sql', 'm/1_b.up.sql'].map((path, at) => ({
      path,
      after: `create table t${at} (id int);`,
    }));
    const { artifacts } = await assessed(files);
    for (const { findings } of artifacts) expect(rulesIn(findings)).toContain('postgres/unread');
  });

  test('one bad statement does not hide the others', async () => {
    const { artifacts } = await assessed([
      old,
      { path: 'm/2_x.up.sql', after: '-- ä\nalter tabel users;\n\n  drop table users;' },
    ]);
    expect(
      artifacts[0]?.findings.filter(({ at }) => at).map(({ rule, at }) => `${rule} ${at?.line}:${at?.column}`),
    ).toEqual(expect.arrayContaining(['postgres/not-understood 2:1', 'postgres/dropped-table 4:3']));
  });
});

test('[L15.1] the eight dangerous kinds are told apart', async () => {
  const statements = {
    'dropped-column': 'alter table t drop column a;',
    'lossy-type-change': 'alter table t alter column b type date;',
    'renamed-without-compatibility': 'alter table t rename column c to d;',
    'deleted-rows': 'delete from t where c > 1;',
    'rewritten-values': 'update t set c = 2;',
    'constraint-old-version-violates': 'alter table t alter column c set not null;',
    'enum-value-added': "alter type mood add value 'calm';",
    'dropped-index': 'drop index t_c_idx;',
  };
  const before =
    "create type mood as enum ('sad'); create table t (a int, b timestamp, c int, m mood); create index on t (c);";
  for (const [rule, after] of Object.entries(statements)) {
    const { artifacts } = await assessed([
      { path: '1_a.up.sql', before, after: before },
      { path: '2_b.up.sql', after },
    ]);
    const kinds = rulesIn(artifacts[0]?.findings).filter((id) => id.slice(9) in statements);
    expect(kinds).toEqual([`postgres/${rule}`]);
  }
});
