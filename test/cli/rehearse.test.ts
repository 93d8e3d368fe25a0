import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

const program = join(import.meta.dirname, '../../dist/recourse.js');
const folder = mkdtempSync(join(tmpdir(), 'recourse-rehearse-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const migrations: Readonly<Record<string, readonly [up: string, down: string]>> = {
  '1_made': ['create table users (id int primary key, name text not null, email text not null);', 'drop table users;'],
  '2_index': ['create index users_name on users (name);', 'drop index users_name;'],
  '3_dropped': ['alter table users drop column email;', "alter table users add column email text not null default '';"],
  '4_fails': ['alter table users add column age int;', 'alter table users drop column years;'],
  '5_left': ['create table notes (id int primary key);', 'select 1;'],
};
interface Rehearsed {
  readonly artifacts: readonly {
    readonly path: string;
    readonly class: string;
    readonly known: string;
    readonly rehearsal?: { readonly up: string; readonly down: string; readonly data: readonly { column?: string }[] };
  }[];
}
let status: number | null;
let said: Rehearsed;
beforeAll(() => {
  for (const [name, [up, down]] of Object.entries(migrations)) {
    writeFileSync(join(folder, `${name}.up.sql`), up);
    writeFileSync(join(folder, `${name}.down.sql`), down);
  }
  const run = spawnSync(process.execPath, [program, 'rehearse', '--json', folder], { encoding: 'utf8' });
  status = run.status;
  said = JSON.parse(run.stdout) as Rehearsed;
}, 60_000);
const of = (name: string) => said.artifacts.find(({ path }) => path === `${name}.up.sql`);

test('[N1] every migration was really done and undone, and that is how it is known', () => {
  expect(said.artifacts).toHaveLength(5);
  for (const { known } of said.artifacts) expect(known).toBe('rehearsal');
  expect(status).toBe(3);
});

test('[N1] what came back whole is fully reversible', () => {
  expect([of('1_made')?.class, of('2_index')?.class]).toEqual(['fully-reversible', 'fully-reversible']);
});

test('[N1] a column that came back empty is lost, whatever its down says', () => {
  expect(of('3_dropped')?.class).toBe('non-recoverable-without-restore');
  expect(of('3_dropped')?.rehearsal?.data.some(({ column }) => column === 'email')).toBe(true);
});

test('[N1] a down that fails is a repair by hand', () => {
  expect(of('4_fails')).toMatchObject({
    class: 'reversible-with-manual-repair',
    rehearsal: { up: 'ran', down: 'failed' },
  });
});

test('[N1] what the down leaves behind is named', () => {
  expect(of('5_left')?.class).toBe('reversible-with-manual-repair');
});

test('bad input ends with 2', () => {
  const run = (...args: readonly string[]) => spawnSync(process.execPath, [program, 'rehearse', ...args]).status;
  expect([run(), run('nothing'), run(folder, '--only', '99')]).toEqual([2, 2, 2]);
});
