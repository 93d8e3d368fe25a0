import { chmod, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { beforeEach, expect, test } from 'vitest';

import { commitFiles } from '#src/operations/git/commit-files.ts';
import { revertCommit } from '#src/operations/git/revert-commit.ts';
import { git } from '#src/systems/git.ts';

import { inTurn } from '../../laws/in-turn.ts';
import { reachOf, vault } from '../../laws/reach.ts';
import { connected, gitSays, remoteWorld, withGit } from './remote-world.ts';
import type { RemoteWorld } from './remote-world.ts';

const params = {
  branch: 'main',
  files: [{ path: 'app.yaml', content: 'replicas: 3\n' }],
  message: 'Run three replicas',
};

withGit('a push', () => {
  let world: RemoteWorld;
  const reach = (signal?: AbortSignal) => reachOf(world.client, vault(), signal);
  const observed = () => commitFiles.observe(params, reach());

  beforeEach(async () => {
    world = await remoteWorld({ over: 'http' });
    return world.close;
  });

  test('to a protected branch is refused in the words of the remote, leaves nothing there, and goes through once it is allowed', async () => {
    await world.remote.protect('main');
    const untouched = await world.fingerprint();
    const before = await observed();
    await expect(commitFiles.apply(params, reach(), before)).rejects.toMatchObject({
      code: 'permission-denied',
      message: expect.stringMatching(
        /^deployer@127\.0\.0\.1:\d+ cannot push to branch main of http.*pre-receive hook declined.*refs\/heads\/main is protected: propose a merge instead$/,
      ),
      details: { principal: expect.stringContaining('deployer@') },
    });
    expect(await world.fingerprint()).toEqual(untouched);
    expect(commitFiles.settle(params, before, await observed())).toEqual({ as: 'untouched' });

    await world.remote.protect();
    const { commit } = await commitFiles.apply(params, reach(), await observed());
    expect(commit).toBe(world.head());
    expect(world.content('app.yaml')).toBe('replicas: 3\n');
  });

  test('[R0.7] back, refused by a branch that was protected meanwhile, goes through once it is allowed', async () => {
    const before = await observed();
    const result = await commitFiles.apply(params, reach(), before);
    const promised = commitFiles.reversibility(params);
    if (promised.class !== 'fully-reversible') expect.fail(promised.class);
    const [back] = promised.inverse({ params, before, result, after: await observed() });
    const inverse = commitFiles.params.parse(back.params);
    const there = await commitFiles.observe(inverse, reach());

    await world.remote.protect('main');
    await expect(commitFiles.apply(inverse, reach(), there)).rejects.toMatchObject({ code: 'permission-denied' });
    expect(commitFiles.settle(inverse, there, await commitFiles.observe(inverse, reach()))).toEqual({
      as: 'untouched',
    });
    await world.remote.protect();
    await commitFiles.apply(inverse, reach(), there);
    expect((await observed()).state).toEqual(before.state);
  });

  test('that is tried again makes the same commit', async () => {
    await world.remote.protect('main');
    const made = await inTurn([1, 2], async () => {
      await expect(commitFiles.apply(params, reach(), await observed())).rejects.toThrow('is protected');
      return gitSays([`--git-dir=${world.client.repository.folder}`, 'for-each-ref', 'refs/recourse']); // what it prepared
    });
    expect(made[0]).toContain('commit');
    expect(made[1]).toBe(made[0]);
    await world.remote.protect();
    const { commit } = await commitFiles.apply(params, reach(), await observed());
    expect(made[0]).toContain(commit);
  });

  test('whose answer is lost has an unknown outcome, and a look settles it as applied', async () => {
    const before = await observed();
    world.remote.loseAnswers(9);
    await expect(commitFiles.apply(params, reach(), before)).rejects.toMatchObject({ code: 'outcome-unknown' });
    const now = await observed();
    expect(commitFiles.settle(params, before, now)).toEqual({ as: 'applied', result: { commit: world.head() } });
    expect(world.run('rev-list', '--count', 'main').trim()).toBe('2');
  });

  test('whose answer is lost once is sent again underneath, and counts once', async () => {
    world.remote.loseAnswers(1);
    const { commit } = await commitFiles.apply(params, reach(), await observed());
    expect(commit).toBe(world.head());
    expect(world.run('rev-list', '--count', 'main').trim()).toBe('2');
  });

  test('whose answer is lost is not made twice by a revert either', async () => {
    const bad = world.commit({ 'app.yaml': 'replicas: 0\n' }, { message: 'None' });
    const reverted = { branch: 'main', commit: bad };
    const before = await revertCommit.observe(reverted, reach());
    world.remote.loseAnswers(9);
    await expect(revertCommit.apply(reverted, reach(), before)).rejects.toMatchObject({ code: 'outcome-unknown' });
    const settled = revertCommit.settle(reverted, before, await revertCommit.observe(reverted, reach()));
    expect(settled).toEqual({ as: 'applied', result: { commit: world.head() } });
  });

  test('does not overwrite what somebody pushed to the same file since the look', async () => {
    const before = await observed();
    const theirs = world.commit({ 'app.yaml': 'replicas: 7\n' });
    await expect(commitFiles.apply(params, reach(), before)).rejects.toMatchObject({
      code: 'drifted',
      message: expect.stringContaining('app.yaml changed since'),
    });
    expect(world.head()).toBe(theirs);
  });

  test('stands on what somebody pushed to other files since the look', async () => {
    const before = await observed();
    const theirs = world.commit({ 'other.yaml': 'b\n' });
    const { commit } = await commitFiles.apply(params, reach(), before);
    expect(world.run('rev-parse', `${commit}^`).trim()).toBe(theirs);
    expect(world.content('other.yaml')).toBe('b\n');
  });

  /** Somebody is faster, after our push has arrived and before the remote has moved its branch. */
  async function overtakenBy(commit: string, times: number): Promise<void> {
    const hook = join(world.remote.path, 'hooks/pre-receive');
    const script = [
      '#!/bin/sh',
      `n=$(cat ${world.folder}/times 2>/dev/null || echo 0)`,
      `[ "$n" -lt ${times} ] || exit 0`,
      `echo $((n + 1)) >${world.folder}/times`,
      `unset GIT_QUARANTINE_PATH`,
      commit,
    ];
    await writeFile(hook, script.join('\n'));
    await chmod(hook, 0o755);
  }
  const commitIn = (tree: string) =>
    `git update-ref refs/heads/main $(echo theirs | git -c user.name=a -c user.email=b commit-tree ${tree} -p main)`;

  test('that is overtaken by a push to other files is made again on top of it', async () => {
    await overtakenBy(commitIn("'main^{tree}'"), 2);
    const { commit } = await commitFiles.apply(params, reach(), await observed());
    expect(commit).toBe(world.head());
    expect(world.run('log', '--format=%s', 'main').trim().split('\n')).toEqual([
      'Run three replicas',
      'theirs',
      'theirs',
      'first',
    ]);
  });

  test('that is overtaken by a push to the same file is refused', async () => {
    const other = world.commit({ 'app.yaml': 'replicas: 7\n' }, { branch: 'other', onto: world.head() });
    await overtakenBy(commitIn(`'${other}^{tree}'`), 1);
    await expect(commitFiles.apply(params, reach(), await observed())).rejects.toMatchObject({ code: 'drifted' });
    expect(world.content('app.yaml')).toBe('replicas: 7\n');
  });

  test('that is overtaken every time is given up as in use', async () => {
    await overtakenBy(commitIn("'main^{tree}'"), 99);
    await expect(commitFiles.apply(params, reach(), await observed())).rejects.toMatchObject({ code: 'in-use' });
    expect(world.content('app.yaml')).toBe('replicas: 1\n');
  });

  test('without the right to push is a missing permission, and with a wrong password an invalid credential', async () => {
    const before = await observed();
    world.remote.allowPushes(false);
    await expect(commitFiles.apply(params, reach(), before)).rejects.toMatchObject({ code: 'permission-denied' });
    world.remote.allowPushes(true);
    const cache = join(world.folder, 'cache');
    const stranger = await connected(world.remote.url, cache, 'CANARY-wrong');
    await expect(commitFiles.observe(params, reachOf(stranger))).rejects.toMatchObject({ code: 'credential-invalid' });
    await expect(git.probe(stranger)).rejects.toMatchObject({ code: 'credential-invalid' });
    await expect(connected(world.remote.url, join(cache, 'new'), 'x')).rejects.toMatchObject({
      code: 'credential-invalid',
      message: expect.stringMatching(/^deployer@127\.0\.0\.1:\d+ cannot read http:/),
    });
  });

  test('to nowhere is unreachable, and a branch or repository that is not there is not found', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));
    const cache = join(world.folder, 'elsewhere');
    await expect(connected(`http://127.0.0.1:${port}/x.git`, cache)).rejects.toMatchObject({ code: 'unreachable' });
    await expect(commitFiles.observe({ ...params, branch: 'gone' }, reach())).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('branch gone of http://127.0.0.1'),
    });
    await inTurn([`${world.remote.url}x`, `${world.folder}/nothing.git`], (other) =>
      expect(connected(other, cache)).rejects.toMatchObject({ code: 'not-found' }),
    );
    await rename(world.remote.path, `${world.remote.path}.moved`);
    await expect(observed()).rejects.toMatchObject({ code: 'not-found' });
  });

  test('to a remote that does not answer ends at the deadline', async () => {
    const before = await observed();
    world.remote.hang(true);
    const call = commitFiles.apply(params, reach(AbortSignal.timeout(300)), before);
    await expect(call).rejects.toMatchObject({ code: 'timed-out' });
    world.remote.hang(false);
    expect(commitFiles.settle(params, before, await observed())).toEqual({ as: 'untouched' });
  });

  test('of several steps at once through one connection keeps all of them', async () => {
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(
      names.map(async (name, i) => {
        const mine = { branch: 'main', files: [{ path: name, content: name }], message: name };
        const at = { ...reach(), key: `01JDV5Y8Q2W3E4R5T6Y7V8W9X0/${i}` };
        await commitFiles.apply(mine, at, await commitFiles.observe(mine, at));
      }),
    );
    expect(names.map((name) => world.content(name))).toEqual(names);
  });
});

withGit('a push to an ordinary repository on this machine', () => {
  test('that has the branch checked out is refused, and its work tree is untouched', async () => {
    const world = await remoteWorld({ over: 'path' });
    const clone = join(world.folder, 'clone');
    gitSays(['clone', '--quiet', world.remote.path, clone]);
    const client = await connected(clone, join(world.folder, 'cache'));
    const before = await commitFiles.observe(params, reachOf(client));
    await expect(commitFiles.apply(params, reachOf(client), before)).rejects.toMatchObject({
      code: 'permission-denied',
      message: expect.stringContaining('branch is currently checked out'),
    });
    expect(gitSays(['status', '--porcelain'], undefined, clone)).toBe('');

    gitSays(['checkout', '--quiet', '--detach'], undefined, clone);
    await commitFiles.apply(params, reachOf(client), before);
    expect(gitSays(['show', 'main:app.yaml'], undefined, clone)).toBe('replicas: 3\n');
    expect(gitSays(['status', '--porcelain'], undefined, clone)).toBe('');
    await git.close?.(client);
    await world.close();
  });
});
