import { beforeEach, expect, test } from 'vitest';

import { revertCommit } from '#src/operations/git/revert-commit.ts';

import { inTurn } from '../../laws/in-turn.ts';
import { reachOf } from '../../laws/reach.ts';
import { gitSays, remoteWorld, withGit } from './remote-world.ts';
import type { RemoteWorld } from './remote-world.ts';

type Params = Parameters<typeof revertCommit.apply>[0];

const lines = (...changed: readonly string[]): string =>
  Array.from({ length: 20 }, (_, i) => `${changed.find((line) => line.startsWith(`${i}:`)) ?? i}\n`).join('');
const seed = { 'app.yaml': lines(), 'conf/db.yaml': lines(), 'notes.txt': 'notes\n' };

withGit('a revert', () => {
  let world: RemoteWorld;

  beforeEach(async () => {
    world = await remoteWorld({ over: 'path', files: seed });
    return world.close;
  });

  const of = (commit: string, more: Partial<Params> = {}): Params => ({ branch: 'main', commit, ...more });
  const done = async (params: Params, key = '01JDV5Y8Q2W3E4R5T6Y7V8W9X0/1') => {
    const reach = { ...reachOf(world.client), key };
    const before = await revertCommit.observe(params, reach);
    const result = await revertCommit.apply(params, reach, before);
    const after = await revertCommit.observe(params, reach);
    expect(revertCommit.verify({ params, before, after, result })).toEqual([]);
    return { before, after, commit: result.commit };
  };
  const messageOf = (commit: string): string => world.run('log', '-1', '--format=%B', commit).trim();

  test('keeps what others did since, in the same file too, and gives the tree of `git revert`', async () => {
    const bad = world.commit(
      { 'app.yaml': lines('3: three'), 'new.yaml': 'new\n', 'notes.txt': null },
      { message: 'Bad' },
    );
    world.commit({ 'app.yaml': lines('3: three', '15: fifteen'), 'other.yaml': 'x\n' });
    const clone = `${world.folder}/clone`;
    gitSays(['clone', '--quiet', world.remote.path, clone]);
    gitSays(['-c', 'user.name=a', '-c', 'user.email=b', 'revert', '--no-edit', bad], undefined, clone);

    const { commit } = await done(of(bad));
    expect(world.run('rev-parse', `${commit}^{tree}`)).toBe(gitSays(['rev-parse', 'HEAD^{tree}'], undefined, clone));
    expect(world.content('app.yaml')).toBe(lines('15: fifteen'));
    expect(messageOf(commit)).toBe(
      `Revert "Bad"\n\nThis reverts commit ${bad}.\n\nRecourse-Change: 01JDV5Y8Q2W3E4R5T6Y7V8W9X0/1`,
    );
  });

  test('that conflicts reports every file and its kinds, and does nothing', async () => {
    const bad = world.commit(
      { 'app.yaml': lines('3: three'), 'conf/db.yaml': lines('5: five'), 'notes.txt': 'bad\n', 'a\n"b"': 'bad\n' },
      { message: 'Bad' },
    );
    world.commit({ 'app.yaml': lines('3: vier'), 'notes.txt': null, 'a\n"b"': 'since\n' });
    const untouched = await world.fingerprint();
    const refused: unknown = await done(of(bad)).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'needs-a-person',
      message: `commit ${bad} cannot be reverted on branch main of ${world.remote.path}: "a\\n\\"b\\"", app.yaml, notes.txt changed since in the same places`,
      details: {
        conflicts: [
          { path: 'a\n"b"', kinds: ['modify/delete'], says: expect.stringContaining('deleted in the state before it') },
          { path: 'app.yaml', kinds: ['contents'], says: 'CONFLICT (content): Merge conflict in app.yaml' },
          { path: 'notes.txt', kinds: ['modify/delete'], says: expect.stringContaining('deleted in the branch') },
        ],
      },
    });
    expect(await world.fingerprint()).toEqual(untouched);
  });

  test('of a revert applies it again, and of that reverts it again', async () => {
    const bad = world.commit({ 'app.yaml': lines('3: three') }, { message: 'Three' });
    const first = await done(of(bad), '01JDV5Y8Q2W3E4R5T6Y7V8W9X0/1');
    const second = await done(of(first.commit), '01JDV5Y8Q2W3E4R5T6Y7V8W9X0/2');
    const third = await done(of(second.commit), '01JDV5Y8Q2W3E4R5T6Y7V8W9X0/3');
    expect(world.content('app.yaml', first.commit)).toBe(lines());
    expect(world.content('app.yaml', second.commit)).toBe(lines('3: three'));
    expect(world.content('app.yaml', third.commit)).toBe(lines());
    const subjects = [first, second, third].map(({ commit }) => messageOf(commit).split('\n')[0]);
    expect(subjects).toEqual(['Revert "Three"', 'Reapply "Three"', 'Revert "Reapply "Three""']);
  });

  test('of a merge takes back what came with it, and asks which parent stays', async () => {
    const side = world.commit({ 'side.yaml': 'a\n' }, { branch: 'side', onto: world.head() });
    const mainline = world.commit({ 'main.yaml': 'b\n' });
    const merge = world.commit({ 'side.yaml': 'a\n' }, { merging: side, message: 'Merge side' });
    await expect(done(of(merge))).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('is a merge of 2'),
    });
    await expect(done(of(merge, { mainline: 3 }))).rejects.toMatchObject({ code: 'invalid-input' });
    const { commit } = await done(of(merge, { mainline: 1 }));
    const names = world.files().map((line) => line.split('\t')[1]);
    expect(names).toContain('main.yaml');
    expect(names).not.toContain('side.yaml');
    expect(messageOf(commit)).toContain(`This reverts commit ${merge}, reversing\nchanges made to ${mainline}.`);
    await done(of(commit), '01JDV5Y8Q2W3E4R5T6Y7V8W9X0/2');
    expect(world.content('side.yaml')).toBe('a\n');
  });

  test('of what has been reverted already is no success', async () => {
    const bad = world.commit({ 'app.yaml': lines('3: three') });
    const theirs = world.commit({ 'app.yaml': lines() }, { message: 'Back by hand' });
    await expect(done(of(bad))).rejects.toMatchObject({
      code: 'out-of-order',
      message: expect.stringContaining('it has been reverted already'),
    });
    expect(world.head()).toBe(theirs);
  });

  test('follows a rename that the commit made, and is refused where one was made since', async () => {
    const moved = world.commit({ 'notes.txt': null, 'doc/notes.txt': 'notes\n' }, { message: 'Move' });
    world.commit({ 'doc/notes.txt': 'notes\nmore\n' });
    await done(of(moved));
    expect(world.content('notes.txt')).toBe('notes\nmore\n');

    const bad = world.commit({ 'app.yaml': lines('3: three') });
    world.commit({ 'app.yaml': null, 'app/main.yaml': lines('3: three') });
    const head = world.head();
    await expect(done(of(bad))).rejects.toMatchObject({
      code: 'needs-a-person',
      message: expect.stringContaining('would change app/main.yaml'),
      details: { beyond: ['app/main.yaml'] },
    });
    expect(world.head()).toBe(head);
  });

  test('carries modes, links and submodules', async () => {
    const sub = (digit: string) => ({ mode: '160000', bytes: digit.repeat(40) });
    world.commit({ run: 'x\n', link: { mode: '120000', bytes: 'run' }, sub: sub('1') });
    const untouched = world.files();
    const bad = world.commit({
      run: { mode: '100755', bytes: 'x\n' },
      link: { mode: '120000', bytes: 'app.yaml' },
      sub: sub('2'),
    });
    const changed = world.files();
    const { commit, before } = await done(of(bad));
    expect(world.files()).toEqual(untouched);
    expect(before.state).toMatchObject({ sub: `160000 ${'2'.repeat(40)}`, run: expect.stringMatching(/^100755 /) });
    await done(of(commit), '01JDV5Y8Q2W3E4R5T6Y7V8W9X0/2');
    expect(world.files()).toEqual(changed);
  });

  test('of the first commit, of one on another branch, and of one from nowhere is refused', async () => {
    const first = world.run('rev-list', '--max-parents=0', 'main').trim();
    await expect(done(of(first))).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/is the first one$/),
    });
    const side = world.commit({ 'side.yaml': 'a\n' }, { branch: 'side', onto: world.head() });
    await world.client.head('side', reachOf(world.client).signal);
    await inTurn([side, 'f'.repeat(40)], (commit) =>
      expect(done(of(commit))).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining(commit) }),
    );
  });

  test('of a name that JSON cannot hold, and of a thousand files and one, is refused', async () => {
    const before = world.head();
    const input = Buffer.concat([
      Buffer.from(
        `commit refs/heads/main\ncommitter a <a> 1700000000 +0000\ndata 1\nx\nfrom ${before}\nM 100644 inline caf`,
      ),
      Buffer.from([0xe9]),
      Buffer.from('\ndata 1\nx\ndone\n'),
    ]);
    gitSays([`--git-dir=${world.remote.path}`, 'fast-import', '--quiet', '--done'], input);
    await expect(done(of(world.head()))).rejects.toMatchObject({ code: 'not-allowed' });

    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`many/${i}`, 'x']));
    const bad = world.commit(many);
    await expect(done(of(bad))).rejects.toMatchObject({
      code: 'not-allowed',
      message: `commit ${bad} changed 1001 files; at most 1000 are reverted`,
    });
  });

  test('after which somebody changed the same files settles as foreign', async () => {
    const bad = world.commit({ 'app.yaml': lines('3: three') });
    const { before } = await done(of(bad));
    world.commit({ 'app.yaml': lines('7: seven') });
    const now = await revertCommit.observe(of(bad), reachOf(world.client));
    expect(revertCommit.settle(of(bad), before, now)).toMatchObject({ as: 'foreign' });
  });
});
