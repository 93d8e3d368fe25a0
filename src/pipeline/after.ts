import type { Instant, Seconds } from '../model/ids.ts';

/** So many seconds after an instant. */
export const after = (instant: Instant, seconds: Seconds): Instant =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString() as Instant;
