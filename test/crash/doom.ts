/**
 * When a process is killed: after so much has happened on its store, not after so much time, so that a busy machine is
 * put to the same test as an idle one.
 */
import { statSync } from 'node:fs';

import type { Mortal } from './processes.ts';
import type { Stage } from './stage.ts';

export interface Doom {
  /** Confirmed appends and effects, of all processes on the store. */
  readonly after: number;
  /** Milliseconds: nothing happens for so long, and it is killed all the same. */
  readonly quiet: number;
}

const line = 100; // bytes, about
const look = 8; // milliseconds
const longest = 15_000; // milliseconds

/** Kills it in time; answers whether it had to, once it has ended. */
export async function doom(stage: Stage, victim: Mortal, { after, quiet }: Doom): Promise<boolean> {
  const begun = performance.now();
  const start = notes(stage);
  let [last, lastAt, isOurs] = [start, begun, false];
  const watching = setInterval(() => {
    const [now, at] = [notes(stage), performance.now()];
    if (now > last) [last, lastAt] = [now, at];
    if (now - start < after * line && at - lastAt < quiet && at - begun < longest) return;
    isOurs = true;
    victim.kill();
    clearInterval(watching);
  }, look);
  await victim.ended;
  clearInterval(watching);
  return isOurs;
}

const notes = ({ confirmed, effectLog }: Stage): number =>
  [confirmed, effectLog].reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
