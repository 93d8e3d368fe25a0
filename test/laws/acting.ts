import { Observation } from '#src/model/observation.ts';

import { claim, claimEqual, claimOther, claimRefused, claimSame } from './claims.ts';
import { failing } from './failing.ts';
import { inTurn } from './in-turn.ts';
import { inWorld } from './law.ts';
import type { Law } from './law.ts';
import { onStage } from './stage.ts';
import type { Stage, Subject } from './stage.ts';

/** Reading, applying, settling and verifying. */
export const acting = {
  'it takes its own examples': async ({ operation }) => {
    const { name, system, title, summary, permissions, examples } = operation;
    claim(name.startsWith(`${system.name}.`), `${name} does not begin with its system`);
    for (const text of [title, summary, ...permissions.apply, ...permissions.inverse])
      claim(text.trim() !== '', 'a title, summary or permission is empty');
    for (const example of examples) {
      const params = operation.params.parse(example);
      claimSame(params, example, 'an example, parsed');
      claim(/^[a-z-]+:./.test(operation.resource(params)), `the resource is ${operation.resource(params)}`);
      claim(operation.reversibility(params).because.trim() !== '', 'its class has no reason');
    }
  },

  'looking changes nothing': inWorld(async ({ world, observe }) => {
    const untouched = await world.fingerprint();
    const first = await observe();
    claimSame({ ...(await observe()) }, { ...first }, 'the second reading');
    claimEqual(await world.fingerprint(), untouched, 'the world after two readings');
  }),

  'state is what its schema says': inWorld(async ({ operation, params, run }) => {
    const { before, after, result } = await run();
    for (const reading of [before, after]) {
      claimEqual(operation.state.parse(reading.state), reading.state, 'state, parsed');
      claimEqual(Observation.parse(reading), reading, 'the reading, parsed');
    }
    claimEqual(operation.result.parse(result), result, 'the result, parsed');
    for (const recorded of [params, before, after, result])
      claimEqual(JSON.parse(JSON.stringify(recorded)), recorded, 'through JSON');
  }),

  'applying changes what is observed': inWorld(async ({ run }) => {
    const { before, after } = await run();
    claimOther(after.state, before.state, 'after applying, the state is still');
  }),

  'what was applied is found healthy': inWorld(async ({ operation, reach, run }) => {
    const step = await run();
    claimEqual(operation.verify(step), [], 'findings');
    claimEqual((await operation.probe?.(step, reach)) ?? [], [], 'findings of the probe');
  }),

  'what was not applied is found out': inWorld(async ({ operation, observe, run, params }) => {
    const before = await observe();
    const { result } = await run();
    const findings = operation.verify({ params, before, after: before, result });
    claim(findings.length > 0, 'a call that did nothing is found healthy');
  }),

  'applying twice is the same as once': inWorld(async ({ apply, observe, run }) => {
    const { after } = await run();
    await apply(after);
    claimSame((await observe()).state, after.state, 'after applying twice');
  }),

  'before the call it settles as untouched': inWorld(async ({ operation, params, observe }) => {
    const before = await observe();
    claimEqual(operation.settle(params, before, await observe()).as, 'untouched', 'it settles as');
  }),

  'after the call it settles as applied': inWorld(async ({ operation, params, run, observe }) => {
    const { before, after, result } = await run();
    const settled = operation.settle(params, before, await observe());
    claimEqual(settled.as, 'applied', 'it settles as');
    if (settled.as !== 'applied') return;
    claimSame(settled.result, result, 'the settled result');
    claimEqual(operation.verify({ params, before, after, result: settled.result }), [], 'findings');
  }),

  'a crash at any call settles truthfully': async (subject) => {
    const of = await callsOf(subject, 'apply');
    const crashes = upTo(of).flatMap((at) => [{ at, of, when: 'before' } as const, { at, of, when: 'after' } as const]);
    await inTurn(crashes, (where) => onStage(subject, (stage) => crash(stage, where)));
  },

  'an error is never swallowed': (subject) =>
    inTurn(['observe', 'apply'] as const, async (method) =>
      inTurn(upTo(await callsOf(subject, method)), (at) =>
        onStage(subject, async (stage) => {
          const before = await stage.observe();
          const reach = { ...stage.reach, client: failing(stage.reach.client, at, 'before').client };
          const call: Promise<unknown> = method === 'observe' ? stage.observe(reach) : stage.apply(before, reach);
          await claimRefused(call, `${method}, when its client failed at call ${at},`);
        }),
      ),
    ),

  'an aborted call changes nothing': inWorld(async ({ world, reach, observe, apply }) => {
    const before = await observe();
    const untouched = await world.fingerprint();
    const reason = new Error('the deadline has passed');
    const refused = await claimRefused(apply(before, { ...reach, signal: AbortSignal.abort(reason) }), 'the call');
    claimEqual(refused, reason, 'why it was refused');
    claimEqual(await world.fingerprint(), untouched, 'the world after an aborted call');
  }),
} as const satisfies Record<string, Law>;

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, i) => i + 1);

const callsOf = (subject: Subject, method: 'observe' | 'apply'): Promise<number> =>
  onStage(subject, async (stage) => {
    const before = await stage.observe();
    const counting = failing(stage.reach.client, Infinity, 'after');
    const reach = { ...stage.reach, client: counting.client };
    await (method === 'observe' ? stage.observe(reach) : stage.apply(before, reach));
    return counting.calls();
  });

async function crash(
  { operation, params, reach, observe, apply }: Stage,
  { at, when, of }: { readonly at: number; readonly when: 'before' | 'after'; readonly of: number },
): Promise<void> {
  const before = await observe();
  await claimRefused(apply(before, { ...reach, client: failing(reach.client, at, when).client }), 'a dead client');
  const now = await observe();
  const settled = operation.settle(params, before, now);
  const where = `a crash ${when} call ${at} of ${of} settles as ${settled.as}`;
  claim(settled.as !== 'foreign', `${where}, though nobody else was there`);
  if (at === 1 && when === 'before') claimEqual(settled.as, 'untouched', where);
  if (at === of && when === 'after') claimEqual(settled.as, 'applied', where);
  if (settled.as === 'untouched') claimSame(now.state, before.state, where);
  if (settled.as === 'applied')
    claimEqual(operation.verify({ params, before, after: now, result: settled.result }), [], where);
}
