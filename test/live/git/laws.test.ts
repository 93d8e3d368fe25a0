import { commitFiles } from '#src/operations/git/commit-files.ts';
import { revertCommit } from '#src/operations/git/revert-commit.ts';
import type { GitClient } from '#src/systems/git-client.ts';

import { obeysTheLaws } from '../../laws/obeys-the-laws.ts';
import type { World } from '../../laws/world.ts';
import { password, remoteWorld, withGit } from './remote-world.ts';
import type { RemoteWorld, RemoteWorldOptions } from './remote-world.ts';

const seed = { 'app.yaml': 'replicas: 1\n', 'conf/old.yaml': 'old: true\n', 'other.yaml': 'a\n' };

async function worldOf<Params>(
  over: RemoteWorldOptions['over'],
  paramsIn: (world: RemoteWorld) => Params,
  isThere: boolean,
): Promise<World<Params, GitClient>> {
  const world = await remoteWorld({ over, files: seed });
  const { remote, client } = world;
  return {
    client,
    params: paramsIn(world),
    fingerprint: world.fingerprint,
    edit: async () => void world.commit({ 'app.yaml': 'replicas: 7\n' }),
    swap: isThere
      ? async () =>
          void world.commit({ ...seed, 'app.yaml': world.content('app.yaml') }, { onto: null, message: 'first' })
      : { why: 'another repository does not have the commit; that it is not found is tested beside' },
    deny: async () => {
      if (over === 'path') await remote.protect('main');
      else remote.allowPushes(false);
      return {
        names: ['cannot push to branch main', over === 'path' ? 'refs/heads/main is protected' : 'deployer@127.0.0.1'],
        giveBack: async () => {
          remote.allowPushes(true);
          await remote.protect();
        },
      };
    },
    secrets: [password],
    close: world.close,
  };
}

const committed = () => ({
  branch: 'main',
  files: [
    { path: 'app.yaml', content: 'replicas: 3\n' },
    { path: 'conf/old.yaml', absent: true as const },
    { path: 'bin/check', base64: Buffer.from('#!/bin/sh\n\0').toString('base64'), mode: '100755' as const },
  ],
  message: 'Run three replicas',
});
const reverted = (world: RemoteWorld) => ({
  branch: 'main',
  commit: world.commit(
    { 'app.yaml': 'replicas: 9\n', 'conf/old.yaml': null, 'new.yaml': 'new\n' },
    { message: 'Nine' },
  ),
});

withGit('Git', () => {
  obeysTheLaws(commitFiles, { when: 'over HTTP with a password', world: () => worldOf('http', committed, true) });
  obeysTheLaws(revertCommit, { when: 'on this machine', world: () => worldOf('path', reverted, false) });
});
