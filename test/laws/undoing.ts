import { claim, claimEqual, claimOther, claimSame } from './claims.ts';
import { inTurn } from './in-turn.ts';
import { afterRun, inWorld } from './law.ts';
import type { Law } from './law.ts';
import { CannotBeTried, wayBack } from './stage.ts';

/** The way back. */
export const undoing = {
  'its inverse is a known operation with valid params': afterRun(async ({ operation, known }, step) => {
    const calls = wayBack(operation, step);
    claim(calls.length > 0, 'the way back has no call');
    for (const call of calls) {
      const { params } = known(call.operation);
      claimSame(params.parse(call.params), call.params, 'params of the inverse, parsed');
    }
  }),

  'undoneBy names exactly the operations of its inverse': afterRun(async ({ operation, params }, step) => {
    const calls = wayBack(operation, step).map((call) => call.operation);
    const whenRun = operation.reversibility(params, step.before.state);
    const whenProposed = operation.reversibility(params);
    for (const promised of [whenRun, ...(whenProposed.class === whenRun.class ? [whenProposed] : [])])
      claimEqual('undoneBy' in promised ? promised.undoneBy : [], calls, 'undoneBy');
  }),

  'its inverse is not a no-op': afterRun(async ({ goBack, observe }, step) => {
    await goBack(step);
    claimOther((await observe()).state, step.after.state, 'after the inverse, the state is still');
  }),

  'its inverse restores exactly what was before': afterRun(async ({ goBack, observe }, step) => {
    await goBack(step);
    claimSame((await observe()).state, step.before.state, 'after the inverse');
  }),

  'its inverse is found healthy': afterRun(async ({ goBack }, step) => {
    for (const made of await goBack(step)) claimEqual(made.operation.verify(made.step), [], 'findings');
  }),

  'there, back and there again': afterRun(async ({ goBack, run, observe }, step) => {
    await goBack(step);
    const again = await run();
    claimSame(again.after.state, step.after.state, 'there again');
    await goBack(again);
    claimSame((await observe()).state, step.before.state, 'back again');
  }),

  'the way back can itself be undone': afterRun(async ({ goBack, observe }, step) => {
    const made = await goBack(step);
    const promised = made.map((back) => back.operation.reversibility(back.step.params, back.step.before.state));
    const without = promised.find(({ inverse }) => !inverse);
    if (without) throw new CannotBeTried(`the way back is ${without.class}`);
    await inTurn(made.toReversed(), (back) => goBack(back.step, back.operation));
    claimSame((await observe()).state, step.after.state, 'after undoing the way back');
  }),

  'reversibility, settle and verify are pure': inWorld(async ({ operation, params, run }) => {
    const step = await run();
    const asked = () =>
      JSON.stringify([
        operation.resource(params),
        operation.reversibility(params),
        operation.reversibility(params, step.before.state),
        wayBack(operation, step),
        operation.settle(params, step.before, step.after),
        operation.verify(step),
      ]);
    const first = asked();
    for (let i = 0; i < 3; i++) claimEqual(asked(), first, 'asked again');
  }),
} as const satisfies Record<string, Law>;
