import { createHash } from 'node:crypto';

import { Fault } from '#src/model/fault.ts';

import { claim, claimEqual, claimOther, claimRefused } from './claims.ts';
import { inWorld, inWorldWith } from './law.ts';
import type { Law } from './law.ts';
import { CannotBeTried, wayBack } from './stage.ts';

/** What others do behind its back, what it may not do, and what it may not tell. */
export const minding = {
  'drift behind its back is noticed': inWorldWith('edit', async ({ operation, params, run, observe }, edit) => {
    const { before, after } = await run();
    await edit();
    const now = await observe();
    claimOther(now.state, after.state, 'after a foreign edit, the state is still');
    claimOther(now.state, before.state, 'after a foreign edit, the state is again');
    claimEqual(operation.settle(params, before, now).as, 'foreign', 'it settles as');
  }),

  'another thing in its place is noticed': inWorldWith('swap', async ({ run, observe }, swap) => {
    const { after } = await run();
    await swap();
    claimOther((await observe()).identity, after.identity, 'another thing has the same identity');
  }),

  'another thing in its place settles as foreign': inWorldWith('swap', async ({ operation, params, observe }, swap) => {
    const before = await observe();
    await swap();
    claimEqual(operation.settle(params, before, await observe()).as, 'foreign', 'it settles as');
  }),

  'another thing in its place is left alone': inWorldWith('swap', async ({ world, observe, apply }, swap) => {
    const before = await observe();
    await swap();
    const swapped = await world.fingerprint();
    const refused = await claimRefused(apply(before), 'applying to another thing');
    claim(refused instanceof Fault, `not a fault: ${String(refused)}`);
    claimEqual(await world.fingerprint(), swapped, 'the other thing');
  }),

  'a lost permission is a clear fault': inWorldWith('deny', async ({ world, observe, apply }, deny) => {
    const before = await observe();
    const { names, giveBack } = await deny();
    try {
      const untouched = await world.fingerprint();
      const refused = await claimRefused(apply(before), 'applying without permission');
      claim(
        refused instanceof Fault && refused.code === 'permission-denied',
        `not permission-denied: ${String(refused)}`,
      );
      for (const name of names) claim(String(refused).includes(name), `${name} is not named: ${String(refused)}`);
      claimEqual(await world.fingerprint(), untouched, 'the world after a refusal');
    } finally {
      await giveBack();
    }
  }),

  'once the permission is back, it can be tried again': inWorldWith(
    'deny',
    async ({ operation, observe, apply, run }, deny) => {
      const before = await observe();
      const { giveBack } = await deny();
      try {
        await claimRefused(apply(before), 'applying without permission');
      } finally {
        await giveBack();
      }
      claimEqual(operation.verify(await run()), [], 'findings of the second try');
    },
  ),

  'it tells no secret': inWorld(async ({ operation, params, world, run, apply, goBack, observe }) => {
    const secrets = world.secrets ?? [];
    if (secrets.length === 0) throw new CannotBeTried('its params hold no secret');
    const step = await run();
    const repeated: unknown = await apply(step.before).catch((error: unknown) => Fault.from(error).report);
    const told = JSON.stringify([
      step,
      repeated,
      operation.resource(params),
      operation.reversibility(params, step.before.state),
      wayBack(operation, step),
      operation.verify({ ...step, after: step.before }),
      operation.settle(params, step.before, await observe()),
      await goBack(step),
    ]);
    for (const form of secrets.flatMap(formsOf)) claim(!told.includes(form), `it tells ${form}`);
  }),
} as const satisfies Record<string, Law>;

/** A secret as it is, and as it is often mistaken to be hidden. */
const formsOf = (secret: string): readonly string[] => [
  secret,
  Buffer.from(secret).toString('base64').replaceAll('=', ''),
  Buffer.from(secret).toString('hex'),
  encodeURIComponent(secret),
  createHash('sha256').update(secret).digest('hex'),
];
