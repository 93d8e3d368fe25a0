/**
 * A live test needs something that not every machine has. What is missing is said aloud, and where everything is to be
 * proved (`RECOURSE_LIVE=require`, as in CI) it is a failure.
 *
 * ```ts
 * const postgres = await startPostgres();
 * orSkip('skipped' in postgres ? postgres.skipped : undefined)('a reset password', () => { … });
 * ```
 */
import { describe, expect, test } from 'vitest';

/** `describe` when nothing is missing; else one test that is skipped for this reason, or fails where all is required. */
export function orSkip(missing: string | undefined): (name: string, body: () => void) => void {
  if (missing === undefined) return describe;
  if (process.env['RECOURSE_LIVE'] !== 'require') return (name) => test(name, ({ skip }) => skip(missing));
  return (name) => test(name, () => expect.fail(`this must run here, and it cannot: ${missing}`));
}
