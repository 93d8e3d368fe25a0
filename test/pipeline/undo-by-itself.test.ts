import { rmSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import type { ChangeId } from '#src/model/ids.ts';
import { workOn } from '#src/pipeline/go-on.ts';

import { modeOf, openScene, type Scene, stoppingAfter, tighten } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());
const ana = () => scene.as('local:ana');
const ben = () => scene.as('local:ben');

/** Its second step fails, and it undoes itself; whoever runs it dies at this point. */
async function diesAt(point: string): Promise<{ id: ChangeId; path: string }> {
  const [path, gone] = [scene.file(`${point}-stands`), scene.file(`${point}-gone`)];
  const { id } = await ana().propose(tighten([path, gone], { onFailure: 'undo' }));
  await ben().approve(id, {});
  rmSync(gone);
  await expect(stoppingAfter(scene, point).as('local:ana').run(id, {})).rejects.toThrow(point);
  expect(modeOf(path)).toBe('0600');
  return { id, path };
}

describe('a change that undoes itself', () => {
  test.each(['compare', 'open'])('and whose process died at "%s" is undone by the next run of it', async (point) => {
    const { id, path } = await diesAt(point);
    expect(await ana().run(id, {})).toMatchObject({ status: 'rolled-back' });
    expect(modeOf(path)).toBe('0644');
  });

  test('is gone on with by the next process that works jobs, once it has begun', { timeout: 30_000 }, async () => {
    const { id, path } = await diesAt('open');
    const { deps } = scene;
    const worker = await deps.store.work((change, signal) => workOn(deps, change, signal), { concurrency: 1 });
    await vi.waitFor(async () => expect((await ana().show(id)).status).toBe('rolled-back'), 20_000);
    expect(modeOf(path)).toBe('0644');
    await worker.stop();
  });

  test('a recovery that a person began is not taken from them', async () => {
    const path = scene.file('theirs');
    const { id } = await ana().propose(tighten([path]));
    await ben().approve(id, {});
    await ana().run(id, {});
    await expect(stoppingAfter(scene, 'open').as('local:ana').recover(id, {})).rejects.toThrow('open');
    await expect(ana().run(id, {})).rejects.toMatchObject({ code: 'out-of-order' });
    expect(await ana().recover(id, {})).toMatchObject({ did: 'continued', change: { status: 'rolled-back' } });
  });
});
