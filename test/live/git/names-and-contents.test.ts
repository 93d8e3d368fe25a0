import { beforeEach, expect, test } from 'vitest';

import { commitFiles } from '#src/operations/git/commit-files.ts';
import { revertCommit } from '#src/operations/git/revert-commit.ts';

import { inTurn } from '../../laws/in-turn.ts';
import { reachOf } from '../../laws/reach.ts';
import { gitBytes, remoteWorld, withGit } from './remote-world.ts';
import type { RemoteWorld } from './remote-world.ts';

type Params = Parameters<typeof commitFiles.apply>[0];
type File = Params['files'][number];

const awkward = [
  '-rf',
  '--end-of-options',
  ':(glob)*',
  'a\nb',
  '"quoted"',
  "it's $(id) `id` %s",
  'back\\slash\\',
  'tab\there',
  'été/naïve ☂.txt',
  ' leading and trailing ',
  'deep/er/-f/"x"\n',
];

withGit('committing files', () => {
  let world: RemoteWorld;

  beforeEach(async () => {
    world = await remoteWorld({ over: 'path', files: { 'app.yaml': 'replicas: 1\n', 'conf/a.yaml': 'a\n' } });
    return world.close;
  });

  const done = async (files: File[]) => {
    const params: Params = { branch: 'main', files, message: 'Files' };
    const reach = reachOf(world.client);
    const before = await commitFiles.observe(params, reach);
    const result = await commitFiles.apply(params, reach, before);
    const after = await commitFiles.observe(params, reach);
    expect(commitFiles.verify({ params, before, after, result })).toEqual([]);
    const promised = commitFiles.reversibility(params);
    const inverse = promised.class === 'fully-reversible' ? promised.inverse({ params, before, after, result }) : [];
    return { before, after, result, inverse };
  };
  const undone = async ({ inverse, before }: Awaited<ReturnType<typeof done>>) => {
    const params = commitFiles.params.parse(inverse[0]?.params);
    await commitFiles.apply(params, reachOf(world.client), await commitFiles.observe(params, reachOf(world.client)));
    expect((await commitFiles.observe(params, reachOf(world.client))).state).toEqual(before.state);
    return params;
  };

  test('with names that shells, git and terminals stumble over works there and back', async () => {
    const untouched = world.files();
    const step = await done(awkward.map((path) => ({ path, content: `in ${path}` })));
    await inTurn(awkward, async (path) => expect(world.content(path)).toBe(`in ${path}`));
    await undone(step);
    expect(world.files()).toEqual(untouched);
  });

  test('keeps bytes that are no text, an empty file, and line ends as they are', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    await done([
      { path: 'bin', base64: bytes.toString('base64') },
      { path: 'empty', content: '' },
      { path: 'crlf.txt', content: 'one\r\ntwo' },
      { path: '.gitattributes', content: '* text=auto eol=lf filter=x\n' },
    ]);
    const hex = (path: string) => gitBytes([`--git-dir=${world.remote.path}`, 'show', `main:${path}`]).toString('hex');
    expect([hex('bin'), hex('empty'), hex('crlf.txt')]).toEqual([
      bytes.toString('hex'),
      '',
      Buffer.from('one\r\ntwo').toString('hex'),
    ]);
  });

  test('keeps the mode of a program, sets it, and puts it back', async () => {
    world.commit({ 'run.sh': { mode: '100755', bytes: 'v1' }, plain: 'v1' });
    const kept = await done([
      { path: 'run.sh', content: 'v2' },
      { path: 'plain', content: 'v1', mode: '100755' },
    ]);
    expect(world.files().filter((line) => line.startsWith('100755'))).toHaveLength(2);
    await undone(kept);
    expect(world.files().filter((line) => line.startsWith('100755'))).toHaveLength(1);
  });

  test('leaves links, submodules and folders alone, beside it and under it', async () => {
    world.commit({
      link: { mode: '120000', bytes: 'app.yaml' },
      sub: { mode: '160000', bytes: '0123456789012345678901234567890123456789' },
    });
    const others = () => world.files().filter((line) => /^1[26]0000/.test(line));
    const untouched = others();
    await done([{ path: 'app.yaml', content: 'replicas: 2\n' }]);
    expect(others()).toEqual(untouched);

    const head = world.head();
    await inTurn(['link', 'sub', 'conf'], async (path) => {
      const message = expect.stringMatching(`cannot commit ${path} to branch main .* is left alone`);
      await expect(done([{ path, content: 'x' }])).rejects.toMatchObject({ code: 'not-allowed', message });
      await expect(done([{ path, absent: true }])).rejects.toMatchObject({ code: 'not-allowed', message });
    });
    await inTurn(['link/x', 'sub/x', 'app.yaml/deep/x'], (path) =>
      expect(done([{ path, content: 'x' }])).rejects.toMatchObject({
        code: 'not-allowed',
        message: expect.stringContaining(`cannot commit ${path.split('/')[0]} to branch main`),
      }),
    );
    expect(world.head()).toBe(head);
  });

  test('takes a file that is not there for gone already', async () => {
    const step = await done([
      { path: 'app.yaml', content: 'replicas: 2\n' },
      { path: 'none', absent: true },
    ]);
    expect(step.after.state).toMatchObject({ none: null });
    await undone(step);
  });

  test('takes an emptied folder away, and makes it again', async () => {
    const step = await done([{ path: 'conf/a.yaml', absent: true }]);
    expect(world.files().some((line) => line.endsWith('\tconf'))).toBe(false);
    const back = await undone(step);
    expect(world.content('conf/a.yaml')).toBe('a\n');
    expect(back.message).toBe(`Revert "Files"\n\nThis reverts commit ${step.result.commit}.\n`);
  });

  test('that are so already makes no commit', async () => {
    const head = world.head();
    const { result } = await done([
      { path: 'app.yaml', content: 'replicas: 1\n' },
      { path: 'none', absent: true },
    ]);
    expect(result).toEqual({ commit: null });
    expect(world.head()).toBe(head);
  });

  test('by an entry that the repository does not have is refused', async () => {
    const entry = '100644 0123456789012345678901234567890123456789' as const;
    await expect(done([{ path: 'x', entry }])).rejects.toMatchObject({ code: 'not-allowed' });
  });

  test('says who did it, and keeps the trailers of the message together', async () => {
    const params: Params = {
      branch: 'main',
      files: [{ path: 'x', content: 'x' }],
      message: 'Subject\n\nBody: not a trailer, it goes on\nin text.\n\nSigned-off-by: A <a@example.org>\n',
    };
    const reach = reachOf(world.client);
    await commitFiles.apply(params, reach, await commitFiles.observe(params, reach));
    expect(world.run('log', '-1', '--format=%an <%ae>%n%B', 'main')).toBe(
      `Recourse <recourse@localhost>\n${params.message}Recourse-Change: ${reach.key}\n\n`,
    );
    const { context } = await commitFiles.observe(params, reach);
    expect(context).toMatchObject({
      head: world.head(),
      ours: world.head(),
      lastChange: { author: 'Recourse <recourse@localhost>', subject: 'Subject', step: reach.key },
    });
  });

  test('shows who changed them last, and that it was not us', async () => {
    const theirs = world.commit({ 'app.yaml': 'replicas: 4\n' }, { message: 'Four' });
    world.commit({ 'other.yaml': 'x' });
    const params: Params = { branch: 'main', files: [{ path: 'app.yaml', content: 'x' }], message: 'x' };
    expect((await commitFiles.observe(params, reachOf(world.client))).context).toMatchObject({
      ours: null,
      lastChange: { commit: theirs, author: 'Some Body <some@example.org>', subject: 'Four', step: null },
    });
  });

  test('and a revert keep them in a repository with SHA-256 ids', async () => {
    const other = await remoteWorld({ over: 'http', objectFormat: 'sha256' });
    const reach = reachOf(other.client);
    const params: Params = {
      branch: 'main',
      files: [{ path: 'app.yaml', content: 'replicas: 3\n' }],
      message: 'Three',
    };
    const before = await commitFiles.observe(params, reach);
    const { commit } = await commitFiles.apply(params, reach, before);
    expect(commit).toHaveLength(64);
    const reverted = { branch: 'main', commit: commit ?? '' };
    await revertCommit.apply(reverted, reach, await revertCommit.observe(reverted, reach));
    expect((await commitFiles.observe(params, reach)).state).toEqual(before.state);
    await other.close();
  });
});
