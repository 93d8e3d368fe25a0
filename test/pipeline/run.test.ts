import { chmodSync, rmSync, writeFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { StepId } from '#src/model/ids.ts';
import type { Proposal } from '#src/model/proposal.ts';

import {
  applied,
  factsOf,
  modeOf,
  openScene,
  type Scene,
  stepOf,
  stoppingAfter,
  tighten,
  withOperation,
} from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());
const ana = () => scene.as('local:ana');
const ben = () => scene.as('local:ben');

describe('a run', () => {
  test('[R7.1] [R0.6] applies, verifies, and keeps everything on one page', async () => {
    const path = scene.file('page');
    const view = await applied(scene, tighten([path]));
    expect(modeOf(path)).toBe('0600');
    expect(view).toMatchObject({
      status: 'applied',
      class: 'fully-reversible',
      approvals: [{ by: 'local:ben', alone: false }],
    });
    expect(stepOf(view, '1')).toMatchObject({
      before: { state: { mode: '0644' } },
      after: { state: { mode: '0600' } },
      status: 'applied',
    });
    expect(view.wayBack).toMatchObject({ open: true, approvedWithChange: true });
    expect(view.verification?.findings).toEqual([]);
    expect(await factsOf(scene, view.id)).toEqual([
      'proposed',
      'analysed',
      'admitted',
      'approved',
      'started',
      'applied',
      'verified',
    ]);
  });

  test('nothing runs before somebody has approved it, and approving alone is marked', async () => {
    const path = scene.file('alone');
    const { id, status } = await ana().propose(tighten([path]));
    expect(status).toBe('awaiting-approval');
    await expect(ana().run(id, {})).rejects.toMatchObject({ code: 'needs-a-person' });
    expect(modeOf(path)).toBe('0644');
    expect((await ana().approve(id, {})).approvals).toMatchObject([{ by: 'local:ana', alone: true }]);
  });

  test('a token that the proposer made is the proposer, and approves alone', async () => {
    const { store } = scene.deps;
    const token = { scopes: ['approve'] as const, createdAt: scene.deps.ambient.now(), lastUsedAt: null };
    const hash = (digit: string) => `sha256:${digit.repeat(64)}` as const;
    await store.putToken({ ...token, name: 'ana-ci', createdBy: 'local:ana', hash: hash('a') });
    await store.putToken({ ...token, name: 'ana-bot', createdBy: 'token:ana-ci', hash: hash('b') });
    await store.putToken({ ...token, name: 'ben-ci', createdBy: 'local:ben', hash: hash('c') });
    for (const [by, alone] of [
      ['token:ana-bot', true],
      ['token:ben-ci', false],
    ] as const) {
      const { id } = await ana().propose(tighten([scene.file(by)]));
      expect((await scene.as(by).approve(id, {})).approvals).toMatchObject([{ by, alone }]);
    }
  });

  test('a revision voids the approval, and the old plan can no longer be approved', async () => {
    const { id, plan } = await ana().propose(tighten([scene.file('revised')]));
    await ben().approve(id, {});
    const revised = await ana().revise(id, tighten([scene.file('revised-too')]));
    expect(revised).toMatchObject({ status: 'awaiting-approval', approvals: [] });
    await expect(ben().approve(id, { plan: String(plan) })).rejects.toMatchObject({ code: 'out-of-order' });
  });

  test('the same request key proposes only once', async () => {
    const proposal = tighten([scene.file('once')]);
    const [first, second] = [await ana().propose(proposal, 'key-1'), await ana().propose(proposal, 'key-1')];
    expect(second.id).toBe(first.id);
  });

  test.each([
    ['stop', 'partly-applied', ['applied', 'failed', 'pending'], ['0600', '0644']],
    ['continue', 'partly-applied', ['applied', 'failed', 'applied'], ['0600', '0600']],
    ['undo', 'rolled-back', ['applied', 'failed', 'pending'], ['0644', '0644']],
  ] as const)(
    '[R0.7] a step that fails with onFailure %s leaves the change %s',
    async (onFailure, status, steps, modes) => {
      const [first, missing, last] = [
        scene.file(`${onFailure}-1`),
        scene.file(`${onFailure}-2`),
        scene.file(`${onFailure}-3`),
      ];
      rmSync(missing);
      const view = await applied(scene, tighten([first, missing, last], { onFailure }));
      expect(view.status).toBe(status);
      expect(view.steps.map((step) => step.status)).toEqual(steps);
      expect([modeOf(first), modeOf(last)]).toEqual(modes);
      expect(stepOf(view, '2')?.failed).toMatchObject({ as: 'untouched', fault: { code: 'not-found' } });
    },
  );

  test('[R0.7] a failed step can be retried once its cause is gone, and the change goes on', async () => {
    const [first, missing] = [scene.file('retry-1'), scene.file('retry-2')];
    rmSync(missing);
    const { id } = await applied(scene, tighten([first, missing]));
    writeFileSync(missing, 'back');
    const view = await ana().retry(id, '2' as StepId, {});
    expect(view.status).toBe('applied');
    expect(modeOf(missing)).toBe('0600');
  });

  test('an effect whose outcome nobody recorded is looked at, and never made twice', async () => {
    const path = scene.file('in-doubt');
    const { id } = await ana().propose(tighten([path]));
    await ben().approve(id, {});
    await expect(stoppingAfter(scene, 'apply').as('local:ana').run(id, {})).rejects.toThrow('apply');
    expect(modeOf(path)).toBe('0600');
    const counted = withOperation(scene, () => ({ apply: () => Promise.reject(new Error('it was applied again')) }));
    const view = await counted.as('local:ana').run(id, {});
    expect(view.status).toBe('applied');
    expect(await factsOf(scene, id)).toContain('settled');
  });

  test('an intent without an effect is begun again, from the state that was recorded before it', async () => {
    const path = scene.file('intent');
    const { id } = await ana().propose(tighten([path]));
    await ben().approve(id, {});
    await expect(stoppingAfter(scene, 'start').as('local:ana').run(id, {})).rejects.toThrow('start');
    expect(modeOf(path)).toBe('0644');
    const view = await ana().run(id, {});
    expect(stepOf(view, '1')).toMatchObject({ status: 'applied', attempt: 2, before: { state: { mode: '0644' } } });
  });

  test('an outcome that a reading cannot tell leaves the change stuck, and nothing is guessed', async () => {
    const path = scene.file('foreign');
    const { id } = await ana().propose(tighten([path]));
    await ben().approve(id, {});
    await expect(stoppingAfter(scene, 'start').as('local:ana').run(id, {})).rejects.toThrow('start');
    chmodSync(path, 0o640);
    const view = await ana().run(id, {});
    expect(view.status).toBe('stuck');
    expect(stepOf(view, '1')?.failed).toMatchObject({ as: 'foreign', seen: { state: { mode: '0640' } } });
    expect(modeOf(path)).toBe('0640');
  });

  test('a call that reports success and changes nothing is a failure', async () => {
    const idle = withOperation(scene, () => ({ apply: () => Promise.resolve({}) }));
    const view = await applied(idle, tighten([scene.file('idle')]));
    expect(view.status).toBe('failed');
    expect(stepOf(view, '1')?.failed?.fault.code).toBe('verification-failed');
  });

  test('a call that fails after its effect counts as applied: what was read back decides', async () => {
    const path = scene.file('lost-reply');
    const lossy = withOperation(scene, (real) => ({
      apply: async (params, reach, before) => {
        await real.apply(params, reach, before);
        throw new Error('the reply was lost');
      },
    }));
    expect((await applied(lossy, tighten([path]))).status).toBe('applied');
  });

  test('a class worse than the approved one stops the change before it is touched', async () => {
    const path = scene.file('worse');
    const worse = withOperation(scene, (real) => ({
      reversibility: (params, before) =>
        before === undefined
          ? real.reversibility(params)
          : { class: 'forward-only', because: 'it turned out so', instead: 'nothing', known: 'observed' },
    }));
    const view = await applied(worse, tighten([path]));
    expect(stepOf(view, '1')?.failed).toMatchObject({ as: 'untouched', fault: { code: 'not-allowed' } });
    expect(modeOf(path)).toBe('0644');
  });

  test('a deadline ends a call that hangs', async () => {
    const hanging = withOperation(scene, () => ({ apply: () => new Promise<never>(() => {}) }));
    const view = await applied(hanging, tighten([scene.file('hangs')], { deadline: '1s' }));
    expect(stepOf(view, '1')?.failed).toMatchObject({ as: 'unknown', fault: { code: 'timed-out' } });
    expect(view.status).toBe('stuck');
  });

  test('two changes on one resource: the second is refused while the first holds its lease, and names it', async () => {
    const path = scene.file('leased');
    const stuck = withOperation(scene, () => ({ apply: () => Promise.reject(new Error('no')) }));
    const first = await applied(stuck, tighten([path]));
    expect(first.leases).toEqual([`local/file:${path}`]);
    const { id } = await ana().propose(tighten([path]));
    await ben().approve(id, {});
    await expect(ana().run(id, {})).rejects.toMatchObject({
      code: 'in-use',
      message: expect.stringContaining(first.id),
    });
    await ana().takeOver(id, `local/file:${path}`, 'the first is given up');
    expect((await ana().run(id, {})).status).toBe('applied');
  });

  test('a param may come from an earlier step, and may not decide the resource', async () => {
    const [one, two] = [scene.file('from-1'), scene.file('from-2')];
    chmodSync(one, 0o640);
    const mode = { $from: '1', path: 'before.state.mode' };
    const proposal = {
      title: 'Copy a mode',
      environment: 'test',
      steps: [{ 'linux.set-file-mode': { path: one, mode: '0600' } }, { 'linux.set-file-mode': { path: two, mode } }],
    } as unknown as Proposal;
    const view = await applied(scene, proposal);
    expect([view.status, modeOf(two)]).toEqual(['applied', '0640']);
    const path = { $from: '1', path: 'params.path' };
    const wrong = {
      ...proposal,
      steps: [...proposal.steps, { 'linux.set-file-mode': { path, mode: '0600' } }],
    } as unknown as Proposal;
    await expect(ana().propose(wrong)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('resource'),
    });
  });

  test('a wait holds nothing, is asked again, and ends well or gives up', async () => {
    const [path, flag] = [scene.file('waits'), scene.file('flag')];
    rmSync(flag);
    const wait = { until: 'linux/file-exists', subject: { path: flag }, every: '1s', patience: '30s' };
    const proposal = {
      title: 'Wait',
      environment: 'test',
      steps: [{ wait }, { 'linux.set-file-mode': { path, mode: '0600' } }],
    } as Proposal;
    const { id } = await ana().propose(proposal);
    await ben().approve(id, {});
    setTimeout(() => writeFileSync(flag, ''), 300);
    expect((await ana().run(id, {})).status).toBe('applied');
    expect(await factsOf(scene, id)).toEqual(expect.arrayContaining(['waiting', 'came', 'applied']));

    rmSync(flag);
    const impatient = await applied(scene, {
      ...proposal,
      steps: [{ wait: { ...wait, patience: '1s' } }],
    });
    expect(stepOf(impatient, '1')?.failed?.fault.code).toBe('timed-out');
  });

  test('cancelling stops between two steps; what is applied can be taken back', async () => {
    const paths = [scene.file('cancel-1'), scene.file('cancel-2')];
    const { id } = await ana().propose(tighten(paths));
    await ben().approve(id, {});
    const cancelling = withOperation(scene, (real) => ({
      apply: async (params, reach, before) => {
        await ben().cancel(id, 'wrong host');
        return real.apply(params, reach, before);
      },
    }));
    const view = await cancelling.as('local:ana').run(id, {});
    expect(view).toMatchObject({ status: 'partly-applied', cancelAsked: { because: 'wrong host' } });
    expect(paths.map(modeOf)).toEqual(['0600', '0644']);
    expect((await ana().recover(id, {})).change.status).toBe('rolled-back');
    expect(paths.map(modeOf)).toEqual(['0644', '0644']);
  });

  test('Ctrl-C stops between two steps, says what is applied, and the run goes on later', async () => {
    const paths = [scene.file('int-1'), scene.file('int-2')];
    const { id } = await ana().propose(tighten(paths));
    await ben().approve(id, {});
    const pressed = new AbortController();
    const pressing = withOperation(scene, (real) => ({
      apply: (params, reach, before) => {
        pressed.abort();
        return real.apply(params, reach, before);
      },
    }));
    await expect(pressing.as('local:ana').run(id, { signal: pressed.signal })).rejects.toMatchObject({
      code: 'interrupted',
      message: expect.stringContaining('1 of 2'),
    });
    expect((await ana().show(id)).interrupted).toBe(true);
    expect((await ana().run(id, {})).status).toBe('applied');
  });

  test('a note that comes in between does not disturb a run', async () => {
    const path = scene.file('noted');
    const { id } = await ana().propose(tighten([path, scene.file('noted-2')]));
    await ben().approve(id, {});
    const noting = withOperation(scene, (real) => ({
      apply: async (params, reach, before) => {
        await ben().note(id, 'I am watching');
        return real.apply(params, reach, before);
      },
    }));
    const view = await noting.as('local:ana').run(id, {});
    expect(view).toMatchObject({ status: 'applied', notes: [{ by: 'local:ben' }, { by: 'local:ben' }] });
  });

  test('of two runs of one change at once, every effect happens once', async () => {
    const path = scene.file('twice');
    const { id } = await ana().propose(tighten([path]));
    await ben().approve(id, {});
    let effects = 0;
    const counting = withOperation(scene, (real) => ({
      apply: async (params, reach, before) => {
        effects += 1;
        await new Promise((resolve) => setTimeout(resolve, 50));
        return real.apply(params, reach, before);
      },
    }));
    const both = await Promise.allSettled([counting.as('local:ana').run(id, {}), counting.as('local:ben').run(id, {})]);
    expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect((await ana().run(id, {})).status).toBe('applied');
    expect(effects).toBe(1);
  });

  test('a verification that failed can be made again once its cause is gone', async () => {
    const path = scene.file('verify');
    let isBlind = true;
    const blind = withOperation(scene, (real) => ({
      verify: (read) =>
        isBlind
          ? [{ rule: 'linux/mode-not-set', message: 'it is not there yet', known: 'observed' }]
          : real.verify(read),
    }));
    const { id, status } = await applied(blind, tighten([path]));
    expect(status).toBe('failed');
    isBlind = false;
    expect((await blind.as('local:ana').run(id, {})).status).toBe('applied');
  });

  test('a retry is not cancelled by a wish to stop that came before it', async () => {
    const missing = scene.file('wish');
    rmSync(missing);
    const { id } = await ana().propose(tighten([missing]));
    await ben().approve(id, {});
    const stopping = withOperation(scene, (real) => ({
      observe: async (params, reach) => {
        await ben()
          .cancel(id, 'wait')
          .catch(() => undefined);
        return real.observe(params, reach);
      },
    }));
    await stopping.as('local:ana').run(id, {});
    if ((await ana().show(id)).status === 'failed') {
      writeFileSync(missing, '');
      expect((await ana().retry(id, '1' as StepId, {})).status).toBe('applied');
    }
    expect(['applied', 'cancelled']).toContain((await ana().show(id)).status);
  });

  test('only a failed step is left out', async () => {
    const { id } = await ana().propose(tighten([scene.file('only')]));
    await ben().approve(id, {});
    await expect(ana().skip(id, '1' as StepId, { because: 'no need' })).rejects.toMatchObject({ code: 'out-of-order' });
  });

  test('a value is only taken from a step that comes before', async () => {
    const mode = { $from: '2', path: 'before.state.mode' };
    const steps = [{ 'linux.set-file-mode': { path: scene.file('early'), mode } }] as unknown as Proposal['steps'];
    await expect(ana().propose({ title: 't', environment: 'test', steps })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('no earlier step 2'),
    });
  });

  test('a lease is moved only to a change that can use it, and from one that nobody is at', async () => {
    const path = scene.file('moved');
    const stuck = withOperation(scene, () => ({ apply: () => Promise.reject(new Error('no')) }));
    const holder = await applied(stuck, tighten([path]));
    const resource = `local/file:${path}`;
    const done = await applied(scene, tighten([scene.file('done')]));
    await expect(ana().takeOver(done.id, resource, 'mine')).rejects.toMatchObject({ code: 'out-of-order' });
    expect((await ana().show(holder.id)).leases).toEqual([resource]);
  });
});
