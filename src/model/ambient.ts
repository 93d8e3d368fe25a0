/**
 * Clock and chance, as arguments: only `main.ts` and `systems/` read the real ones, so that the same facts come out of
 * the same input wherever it is run again.
 */
import type { ChangeId, Instant } from './ids.ts';

export interface Ambient {
  now(): Instant;
  random(bytes: number): Uint8Array;
  newChangeId(): ChangeId;
  /** Resolves after so many milliseconds (24 days at most), earlier (rejecting) when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
