import { appendFileSync } from 'node:fs';

import { Fault } from '../model/fault.ts';

/**
 * Notes an effect just before it happens, for an outside observer who counts what really changed: one line in the
 * file that RECOURSE_EFFECT_LOG names, `<ISO time> <pid> <call> <path> was=<state> to=<state>`. A line whose two
 * states are equal is an effect that was done twice. A line is one write at the file's end, so that processes never
 * mix theirs. Faults: `store-failed`; then nothing is changed.
 */
export function noteEffect(call: string, path: string, was: string, to: string): void {
  const log = process.env['RECOURSE_EFFECT_LOG'];
  if (!log) return;
  try {
    appendFileSync(log, `${new Date().toISOString()} ${process.pid} ${call} ${path} was=${was} to=${to}\n`);
  } catch (cause) {
    throw new Fault('store-failed', `did not ${call} ${path}: the effect log ${log} cannot be written`, {
      at: log,
      advice: 'Correct or unset RECOURSE_EFFECT_LOG, then retry.',
      cause,
    });
  }
}
