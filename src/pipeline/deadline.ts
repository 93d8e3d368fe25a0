/** A deadline bounds every call, also one that does not listen to its signal. */
import { Fault } from '../model/fault.ts';
import type { Seconds } from '../model/ids.ts';

/**
 * Faults: `timed-out` after `seconds`; `interrupted` when `signal` aborts first; those of `call`.
 * @param gone milliseconds of it that have passed; when all have, nothing is called
 */
export async function withinDeadline<T>(
  seconds: Seconds,
  signal: AbortSignal | undefined,
  call: (signal: AbortSignal) => Promise<T>,
  gone = 0,
): Promise<T> {
  const left = seconds * 1000 - gone;
  if (left <= 0) throw new Fault('timed-out', `It was not begun within ${seconds} s.`);
  const bound = new AbortController();
  const stop = (): void => bound.abort(new Fault('interrupted', 'It was stopped.'));
  const late = setTimeout(() => bound.abort(new Fault('timed-out', `It did not answer within ${seconds} s.`)), left);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  const ended = new Promise<never>((_, reject) => {
    const end = (): void => reject(Fault.from(bound.signal.reason));
    if (bound.signal.aborted) end();
    else bound.signal.addEventListener('abort', end, { once: true });
  });
  try {
    return await Promise.race([call(bound.signal), ended]);
  } finally {
    clearTimeout(late);
    signal?.removeEventListener('abort', stop);
  }
}
