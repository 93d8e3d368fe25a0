/** A master key for tests: 0, 1, 2, … 31. */
export const master = Uint8Array.from({ length: 32 }, (_, i) => i);

/** Chance that is always the same: byte after byte, from 100 on. */
export function counted(): (bytes: number) => Uint8Array {
  let next = 100;
  return (bytes) => Uint8Array.from({ length: bytes }, () => next++ % 256);
}
