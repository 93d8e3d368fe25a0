import { afterAll, beforeAll, expect, test } from 'vitest';

import { branchContains } from '#src/checks/git/branch-contains.ts';

import { reachOf } from '../../laws/reach.ts';
import { remoteWorld, withGit } from './remote-world.ts';
import type { RemoteWorld } from './remote-world.ts';

withGit('a branch', () => {
  let world: RemoteWorld;
  beforeAll(async () => {
    world = await remoteWorld({ over: 'http' });
  });
  afterAll(() => world.close());
  const asked = (subject: Parameters<typeof branchContains.answer>[0]) =>
    branchContains.answer(branchContains.subject.parse(subject), reachOf(world.client));

  test('contains a commit once it is merged', async () => {
    const side = world.commit({ 'side.yaml': 'a\n' }, { branch: 'side', onto: world.head() });
    expect(await asked({ branch: 'main', commit: side })).toMatchObject({
      answer: 'no',
      seen: `main is at ${world.head()} and does not contain ${side}`,
    });
    world.commit({ 'side.yaml': 'a\n' }, { merging: side });
    expect(await asked({ branch: 'main', commit: side })).toMatchObject({ answer: 'yes', goodFor: 60 });
  });

  test('contains a file with this content, with another, or not at all', async () => {
    const file = { branch: 'main', path: 'app.yaml' };
    expect(await asked({ ...file, content: 'replicas: 1\n' })).toMatchObject({ answer: 'yes' });
    expect(await asked({ ...file, content: 'replicas: 2\n' })).toMatchObject({ answer: 'no' });
    expect(await asked({ ...file, path: 'none', content: '' })).toMatchObject({
      answer: 'no',
      seen: expect.stringContaining('has no none'),
    });
  });

  test('that cannot be asked is unknown, and a call that was given up is none', async () => {
    expect(await asked({ branch: 'gone', commit: world.head() })).toMatchObject({ answer: 'unknown' });
    const signal = AbortSignal.abort();
    const subject = { branch: 'main', commit: world.head() };
    await expect(branchContains.answer(subject, { ...reachOf(world.client), signal })).rejects.toThrow('given up');
  });
});
