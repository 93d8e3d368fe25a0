import { afterEach, beforeEach, expect, test } from 'vitest';

import type { ChangeId } from '#src/model/ids.ts';
import type { Store } from '#src/model/store.ts';
import { localRecourse } from '#src/pipeline/local-recourse.ts';
import { run } from '#src/pipeline/run.ts';

import { modeOf, openScene, type Scene, stepOf, tighten, withOperation } from './scene.ts';

let scene: Scene;
let path: string;
let id: ChangeId;
beforeEach(async () => {
  scene = await openScene();
  path = scene.file('one');
  ({ id } = await scene.as('local:ana').propose(tighten([path], { deadline: '1s' })));
  await scene.as('local:ben').approve(id, {});
});
afterEach(() => scene.close());

test('a run that takes over waits for the call that the one before it has under way', async () => {
  const called = Promise.withResolvers<void>();
  let effects = 0;
  const slow = withOperation(scene, (real) => ({
    apply: async (params, reach, before) => {
      effects += 1;
      called.resolve();
      await new Promise((resolve) => setTimeout(resolve, 300));
      return real.apply(params, reach, before);
    },
  }));
  const first = slow.as('local:ana').run(id, {});
  first.catch(() => undefined); // it is asked for below
  await called.promise;
  const { chain } = await run(slow.deps, id, new AbortController().signal);
  await expect(first).rejects.toMatchObject({ code: 'in-use' });
  expect(chain.state.status).toBe('applied');
  expect(modeOf(path)).toBe('0600');
  expect(effects).toBe(1);
});

test('no call begins after the deadline that is on record: a successor has looked by then', async () => {
  const { store } = scene.deps;
  const slow: Store = {
    ...store,
    async append(writes, options) {
      const appended = await store.append(writes, options);
      const isIntent = writes.some(({ facts }) => facts.some(({ fact }) => fact === 'started'));
      if (isIntent) await new Promise((resolve) => setTimeout(resolve, 1050));
      return appended;
    },
  };
  const view = await localRecourse({ ...scene.deps, store: slow }, 'local:ana').run(id, {});
  expect(stepOf(view, '1')?.failed).toMatchObject({ as: 'untouched', fault: { code: 'timed-out' } });
  expect(modeOf(path)).toBe('0644');
});
