import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeKeyring } from '#src/evidence/keyring.ts';
import type { ChangeId, StepId } from '#src/model/ids.ts';
import { localRecourse } from '#src/pipeline/local-recourse.ts';

import { applied, factsOf, modeOf, openScene, type Scene, stepOf, tighten, withOperation } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());
const ana = () => scene.as('local:ana');
const ben = () => scene.as('local:ben');
const first = '1' as StepId;
const second = '2' as StepId;

/** A scene in which the inverse on one file fails until it is told not to. */
const failingOn = (path: string): { readonly scene: Scene; heal(): void } => {
  let isBroken = true;
  return {
    heal: () => void (isBroken = false),
    scene: withOperation(scene, (real) => ({
      apply: (params, reach, before) =>
        isBroken && JSON.stringify(params).includes(`"${path}"`) && JSON.stringify(params).includes('0644')
          ? Promise.reject(new Error('the disk did not answer'))
          : real.apply(params, reach, before),
    })),
  };
};

test('under another master key nothing is compared: every secret would read as changed', async () => {
  const withSecret = withOperation(scene, (real) => ({
    observe: async (params, reach) => {
      const seen = await real.observe(params, reach);
      return { ...seen, state: { ...(seen.state as object), secret: await reach.seal('s3cret', 'secret') } };
    },
  }));
  const { id } = await applied(withSecret, tighten([scene.file('sealed')]));
  const keyring = makeKeyring(randomBytes(32), (bytes) => randomBytes(bytes));
  const elsewhere = localRecourse({ ...withSecret.deps, keyring }, 'local:ana');
  await expect(elsewhere.recover(id, {})).rejects.toMatchObject({ code: 'credential-invalid' });
  expect((await ana().show(id)).status).toBe('applied');
  expect((await withSecret.as('local:ana').recover(id, {})).change.status).toBe('rolled-back');
});

describe('a rollback', () => {
  test('[R0.2] is a linked change of typed inverses, last step first, from what was recorded', async () => {
    const paths = [scene.file('a1'), scene.file('a2')];
    const { id } = await applied(scene, tighten(paths));
    const { did, recovery, change, decision } = await ana().recover(id, {});
    expect([did, change.status, decision?.transition]).toEqual(['opened', 'rolled-back', 'rollback']);
    expect(recovery).toMatchObject({ recovers: { change: id, by: 'rollback' }, status: 'applied', approvedWith: id });
    expect(recovery?.steps.map(({ id: step, undoes, params }) => [step, undoes, params])).toEqual([
      ['2', '2', { path: paths[1], mode: '0644' }],
      ['1', '1', { path: paths[0], mode: '0644' }],
    ]);
    expect(paths.map(modeOf)).toEqual(['0644', '0644']);
    expect(await factsOf(scene, id)).toEqual(
      expect.arrayContaining(['compared', 'decided', 'recovery-opened', 'recovery-ended']),
    );
    expect(await ana().recover(id, {})).toMatchObject({
      did: 'nothing',
      says: expect.stringContaining('already rolled back'),
    });
  });

  test('[R1.1] where nothing was applied there is none, and the page says why', async () => {
    const { id, wayBack } = await ana().propose(tighten([scene.file('b')]));
    expect(wayBack).toMatchObject({ open: false, because: expect.stringContaining('Nothing has been applied') });
    expect((await ana().recover(id, {})).did).toBe('nothing');
  });

  test('[R1.1] [R1.2] a forward-only change has no way back: refused with the reason, and a way forward is prefilled', async () => {
    const path = scene.file('forward');
    const forward = withOperation(scene, () => ({
      reversibility: () => ({
        class: 'forward-only',
        because: 'the old key is gone',
        instead: 'make a new key',
        known: 'rule',
      }),
    }));
    const { id } = await applied(forward, tighten([path]));
    const { wayBack, wayForward } = await forward.as('local:ana').show(id);
    expect(wayBack).toMatchObject({
      open: false,
      because: expect.stringMatching(/the old key is gone.*make a new key/),
    });
    expect(wayForward).toMatchObject({
      recovers: { change: id, by: 'rollforward' },
      steps: [{ 'linux.set-file-mode': { path, mode: '0644' } }],
    });
    await expect(forward.as('local:ana').recover(id, {})).rejects.toMatchObject({
      code: 'irreversible',
      advice: expect.stringContaining('make a new key'),
    });

    const onward = await forward.as('local:ana').propose(wayForward!);
    await forward.as('local:ben').approve(onward.id, {});
    await forward.as('local:ana').run(onward.id, {});
    expect((await forward.as('local:ana').show(id)).status).toBe('recovered-forward');
  });

  test('[R3.1] an edit behind its back is refused before anything is done; the message names the resource and all three states', async () => {
    const paths = [scene.file('c1'), scene.file('c2')];
    const { id } = await applied(scene, tighten(paths));
    chmodSync(paths[0]!, 0o640);
    await expect(ana().recover(id, {})).rejects.toMatchObject({
      code: 'drifted',
      at: `local/file:${paths[0]}`,
      message: expect.stringMatching(/0644.*0600.*0640/),
    });
    expect(paths.map(modeOf)).toEqual(['0640', '0600']);
    expect((await ana().show(id)).recoveries).toEqual([]);
  });

  test('[R3.1] another file under the same name is another thing, and is left alone', async () => {
    const path = scene.file('d');
    const { id } = await applied(scene, tighten([path]));
    renameSync(path, `${path}.old`);
    copyFileSync(`${path}.old`, path);
    chmodSync(path, 0o600);
    await expect(ana().recover(id, {})).rejects.toMatchObject({
      code: 'drifted',
      message: expect.stringContaining('another one is there now'),
    });
    expect(modeOf(path)).toBe('0600');
  });

  test('[R3.2] [R6.1] before, after and now are shown field by field, with what a rollback would set', async () => {
    const path = scene.file('e');
    const { id } = await applied(scene, tighten([path]));
    const field = async () => (await ana().compare(id)).steps[0]?.fields.find(({ field: name }) => name === 'mode');
    expect(await field()).toEqual({
      field: 'mode',
      part: 'state',
      before: '0644',
      after: '0600',
      now: '0600',
      rollbackSets: '0644',
    });
    chmodSync(path, 0o640);
    expect(await field()).toEqual({ field: 'mode', part: 'state', before: '0644', after: '0600', now: '0640' });
  });

  test('[R6.1] what was already failing before the change is marked', async () => {
    const path = scene.file('ailing');
    const ailing = withOperation(scene, (real) => ({
      observe: async (params, reach) => ({
        ...(await real.observe(params, reach)),
        context: { failing: 'it had no owner' },
      }),
    }));
    const { id } = await applied(ailing, tighten([path]));
    await ailing.as('local:ana').recover(id, {});
    const { id: again } = await applied(ailing, tighten([path]));
    const [step] = (await ailing.as('local:ana').compare(again)).steps;
    expect(step?.failingBefore).toMatchObject([{ message: 'it had no owner' }]);
  });

  test('[R6.3] a difference that is left offers a change, prefilled, that would bridge it', async () => {
    const path = scene.file('f');
    const { id } = await applied(scene, tighten([path]));
    chmodSync(path, 0o640);
    const { bridge } = (await ana().compare(id)).steps[0]!;
    expect(bridge).toMatchObject({ follows: id, steps: [{ 'linux.set-file-mode': { path, mode: '0644' } }] });
    const bridging = await applied(scene, bridge!);
    expect([bridging.status, bridging.follows, modeOf(path)]).toEqual(['applied', id, '0644']);
    expect((await ana().compare(id)).steps[0]?.bridge).toBeNull();
  });

  test('[R3.3] a repair by hand is kept as a note, with who and when', async () => {
    const { id } = await applied(scene, tighten([scene.file('g')]));
    const { notes } = await ben().note(id, 'set back by hand');
    expect(notes).toEqual([{ by: 'local:ben', text: 'set back by hand', at: expect.stringMatching(/^\d{4}-/) }]);
  });

  test('what somebody has put back already is not done again', async () => {
    const paths = [scene.file('h1'), scene.file('h2')];
    const { id } = await applied(scene, tighten(paths));
    chmodSync(paths[1]!, 0o644);
    const { change, recovery } = await ana().recover(id, {});
    expect(change.status).toBe('rolled-back');
    expect(stepOf(recovery!, '2')?.skipped).toMatchObject({ restored: true });
  });

  test('a change that a later one stands on is refused, and both can be undone, newest first', async () => {
    const path = scene.file('i');
    const earlier = await applied(scene, tighten([path]));
    const later = await applied(scene, {
      ...tighten([path]),
      steps: [{ 'linux.set-file-mode': { path, mode: '0400' } }],
    });
    await expect(ana().recover(earlier.id, {})).rejects.toMatchObject({
      message: expect.stringMatching(/mode was changed|later/),
    });
    chmodSync(path, 0o600); // even where the state looks untouched, the record says who stands on it
    await expect(ana().recover(earlier.id, {})).rejects.toMatchObject({
      code: 'needs-a-person',
      message: expect.stringContaining(later.id),
    });
    chmodSync(path, 0o400);
    expect((await ana().recover(earlier.id, { withLater: true })).change.status).toBe('rolled-back');
    expect([modeOf(path), (await ana().show(later.id)).status]).toEqual(['0644', 'rolled-back']);
  });

  test('[R5.1] [R5.2] [R0.7] a failed rollback says per step what happened, is retried where it stopped, and ends', async () => {
    const paths = [scene.file('j1'), scene.file('j2'), scene.file('j3')];
    const { id } = await applied(scene, tighten(paths));
    const failing = failingOn(paths[1]!);
    const { change, recovery } = await failing.scene.as('local:ana').recover(id, {});
    expect([change.status, recovery?.status]).toEqual(['recovering', 'partly-applied']);
    expect(recovery?.steps.map(({ id: step, status }) => [step, status])).toEqual([
      ['3', 'applied'],
      ['2', 'failed'],
      ['1', 'pending'],
    ]);
    expect(stepOf(recovery!, '2')?.failed?.fault.message).toContain('the disk did not answer');
    expect(change.wayBack).toMatchObject({ open: false, because: expect.stringContaining('under way') });
    failing.heal();
    await failing.scene.as('local:ana').retry(id, second, {});
    expect([(await ana().show(id)).status, ...paths.map(modeOf)]).toEqual(['rolled-back', '0644', '0644', '0644']);
  });

  test('[R5.3] [R5.5] a failed step can be skipped with a reason; the change then ends partly rolled back', async () => {
    const paths = [scene.file('k1'), scene.file('k2')];
    const { id } = await applied(scene, tighten(paths));
    const failing = failingOn(paths[1]!).scene.as('local:ana');
    await failing.recover(id, {});
    await expect(failing.skip(id, second, { because: ' ' })).rejects.toMatchObject({ code: 'invalid-input' });
    const recovery = await failing.skip(id, second, { because: 'the disk is replaced tomorrow' });
    expect(recovery.status).toBe('closed'); // nobody has to come back to it
    expect([(await ana().show(id)).status, ...paths.map(modeOf)]).toEqual(['partly-rolled-back', '0644', '0600']);
  });

  test('[R5.3] [R5.4] [R5.5] a failed step repaired by hand is read again and marked as resolved', async () => {
    const paths = [scene.file('l1'), scene.file('l2')];
    const { id } = await applied(scene, tighten(paths));
    const failing = failingOn(paths[1]!).scene.as('local:ana');
    await failing.recover(id, {});
    await expect(failing.resolve(id, second, { note: '' })).rejects.toMatchObject({ code: 'invalid-input' });
    chmodSync(paths[1]!, 0o644);
    const recovery = await failing.resolve(id, second, { note: 'chmod by hand' });
    expect(stepOf(recovery, '2')?.resolved).toEqual({
      note: 'chmod by hand',
      by: 'local:ana',
      alone: false,
      differs: false,
    });
    expect((await ana().show(id)).status).toBe('partly-rolled-back');
  });

  test('[R5.4] what differs from before needs a second person, or one who says why', async () => {
    for (const confirm of [
      (id: ChangeId) => ben().resolve(id, second, { note: 'agreed' }),
      (id: ChangeId) => ana().resolve(id, second, { note: 'enough', alone: 'nobody else is awake' }),
    ]) {
      const paths = [scene.file('m1'), scene.file('m2')];
      const { id } = await applied(scene, tighten(paths));
      await failingOn(paths[1]!).scene.as('local:ana').recover(id, {});
      chmodSync(paths[1]!, 0o640);
      await expect(ana().resolve(id, second, { note: 'tighter is right' })).rejects.toMatchObject({
        code: 'needs-a-person',
      });
      await expect(ana().resolve(id, second, { note: 'really' })).rejects.toMatchObject({ code: 'needs-a-person' });
      expect((await ana().show(id)).status).toBe('recovering');
      await confirm(id);
      expect((await ana().show(id)).status).toBe('partly-rolled-back');
    }
  });

  test('partly: the clean steps are undone, and those that drifted are left failed', async () => {
    const paths = [scene.file('n1'), scene.file('n2')];
    const { id } = await applied(scene, tighten(paths));
    chmodSync(paths[1]!, 0o640);
    const { change, recovery } = await ana().recover(id, { partly: true });
    expect([change.status, recovery?.status]).toEqual(['recovering', 'stuck']);
    expect(recovery?.steps.map(({ status }) => status)).toEqual(['failed', 'applied']);
    expect(paths.map(modeOf)).toEqual(['0644', '0640']);
    expect(stepOf(recovery!, '2')?.failed?.fault).toMatchObject({ code: 'drifted', at: `local/file:${paths[1]}` });
  });

  test('a resource that is gone: nothing here can make it again, and the way out is forward', async () => {
    const path = scene.file('o');
    const { id } = await applied(scene, tighten([path]));
    rmSync(path);
    await expect(ana().recover(id, {})).rejects.toMatchObject({
      code: 'drifted',
      message: expect.stringContaining('not there any more'),
    });
    expect((await ana().decide(id)).transition).toBe('rollforward');
  });

  test('a compatible edit needs a look of its own: the rollback awaits approval, and keeps the edit', async () => {
    const [path, copy] = [scene.file('p'), scene.file('p-copy')];
    const owner = withOperation(scene, (real) => ({
      // Reads one more field than it sets, as operations on larger resources do.
      observe: async (params, reach) => {
        const seen = await real.observe(params, reach);
        return { ...seen, state: { ...(seen.state as object), owner: modeOf(copy) } };
      },
    }));
    const { id } = await applied(owner, tighten([path]));
    chmodSync(copy, 0o640);
    await expect(owner.as('local:ana').recover(id, {})).rejects.toMatchObject({ code: 'needs-a-person' });
    const recovery = (await owner.as('local:ana').show(id)).recoveries[0]!.change;
    await owner.as('local:ben').approve(recovery, {});
    expect((await owner.as('local:ana').recover(id, {})).change.status).toBe('rolled-back');
    expect([modeOf(path), modeOf(copy)]).toEqual(['0644', '0640']);
  });

  test('a recovery that is rejected before it changed anything gives the status back', async () => {
    const path = scene.file('q');
    const { id } = await ana().propose(tighten([path]));
    await ben().approve(id, {});
    await ana().run(id, {});
    const forward = await ana().propose({ ...tighten([path]), recovers: { change: id, by: 'rollforward' } });
    expect((await ana().show(id)).status).toBe('recovering');
    await ben().reject(forward.id, 'not needed');
    expect((await ana().show(id)).status).toBe('applied');
  });

  test('decide answers and changes nothing; on a healthy change there is nothing to do', async () => {
    const path = scene.file('r');
    const { id } = await applied(scene, tighten([path]));
    expect((await ana().decide(id)).transition).toBe('nothing-to-do');
    chmodSync(path, 0o640);
    const { transition, path: rows } = await ana().decide(id);
    expect([transition, rows.at(-1)?.row]).toEqual(['repair', 'as-we-left-it']);
    expect(modeOf(path)).toBe('0640');
  });

  test('a rollback is not itself rolled back: the record would say one thing and the world another', async () => {
    const { id } = await applied(scene, tighten([scene.file('s')]));
    const { recovery } = await ana().recover(id, {});
    await expect(ana().recover(recovery!.id, {})).rejects.toMatchObject({
      code: 'out-of-order',
      advice: expect.stringContaining('propose'),
    });
  });

  test('an outcome that is unknown is not rolled back around: a person looks first', async () => {
    const paths = [scene.file('v1'), scene.file('v2')];
    const hanging = withOperation(scene, (real) => ({
      apply: (params, reach, before) =>
        JSON.stringify(params).includes('v2') ? new Promise<never>(() => {}) : real.apply(params, reach, before),
    }));
    const { id, status } = await applied(hanging, tighten(paths, { deadline: '1s' }));
    expect(status).toBe('stuck');
    await expect(ana().recover(id, { partly: true })).rejects.toMatchObject({ code: 'outcome-unknown' });
    expect(modeOf(paths[0]!)).toBe('0600');
  });

  test('a recovery that is denied leaves the change as it was', async () => {
    const path = scene.file('w');
    const { id } = await applied(scene, tighten([path]));
    const declared = { class: 'fully-reversible', method: 'm', irreversibleEffects: [], verification: [] } as const;
    const forward = withOperation(scene, () => ({
      reversibility: () => ({ class: 'forward-only', because: 'b', instead: 'i', known: 'rule' }),
    }));
    const denied = await forward
      .as('local:ana')
      .propose({ ...tighten([path]), declared, recovers: { change: id, by: 'rollforward' } });
    expect(denied.status).toBe('denied');
    expect(await ana().show(id)).toMatchObject({ status: 'applied', recoveries: [{ outcome: 'abandoned' }] });
  });

  test('what a change recovers cannot be edited, nor can an abandoned recovery be revived', async () => {
    const path = scene.file('x');
    const { id } = await applied(scene, tighten([path]));
    const other = await ana().propose(tighten([path]));
    const linked = { ...tighten([path]), recovers: { change: id, by: 'rollforward' as const } };
    await expect(ana().revise(other.id, linked)).rejects.toMatchObject({ code: 'invalid-input' });
    const recovery = await ana().propose(linked);
    await ben().reject(recovery.id, 'no');
    await expect(ana().revise(recovery.id, linked)).rejects.toMatchObject({ code: 'out-of-order' });
  });

  test('when a recovery is given up, the leases go back to the change that is still stuck', async () => {
    const paths = [scene.file('y1'), scene.file('y2')];
    const { id } = await applied(scene, tighten(paths));
    await failingOn(paths[1]!).scene.as('local:ana').recover(id, {});
    const [{ change: recovery }] = (await ana().show(id)).recoveries as unknown as [{ change: ChangeId }];
    await ana().close(recovery);
    const view = await ana().show(id);
    expect([view.status, view.leases.toSorted()]).toEqual(['stuck', paths.map((path) => `local/file:${path}`)]);
  });

  test('two people stay two people: a retry in between forgets what the first one said', async () => {
    const paths = [scene.file('z1'), scene.file('z2')];
    const { id } = await applied(scene, tighten(paths));
    const failing = failingOn(paths[1]!);
    const failingAna = failing.scene.as('local:ana');
    await failingAna.recover(id, {});
    chmodSync(paths[1]!, 0o640);
    await expect(ana().resolve(id, second, { note: 'fine so' })).rejects.toMatchObject({ code: 'needs-a-person' });
    await failingAna.retry(id, second, {});
    await expect(ben().resolve(id, second, { note: 'fine so' })).rejects.toMatchObject({ code: 'needs-a-person' });
  });

  test('a change closes when what it left is still so, and not while it drifted', async () => {
    const path = scene.file('t');
    const { id } = await applied(scene, tighten([path]));
    chmodSync(path, 0o640);
    await expect(ana().close(id)).rejects.toMatchObject({ code: 'drifted' });
    chmodSync(path, 0o600);
    expect((await ana().close(id)).status).toBe('closed');
    await expect(ana().recover(id, {})).rejects.toMatchObject({ code: 'out-of-order' });
  });

  test('what cannot be read is unknown, and unknown never rolls back', async () => {
    const path = scene.file('u');
    const { id } = await applied(scene, tighten([path]));
    const blind = withOperation(scene, () => ({ observe: () => Promise.reject(new Error('no route to host')) }));
    await expect(blind.as('local:ana').recover(id, {})).rejects.toMatchObject({ code: 'unreachable' });
    writeFileSync(path, 'still here');
    expect([modeOf(path), (await ana().show(id)).status]).toEqual(['0600', 'applied']);
    expect(stepOf(await ana().show(id), first)?.status).toBe('applied');
  });
});
