/** Chance that comes out the same for the same seed: what a campaign does is drawn from it, so that it can be told again. */
export interface Chance {
  /** A whole number from 0 to `end - 1`. */
  below(end: number): number;
  isTrue(share: number): boolean;
  oneOf<T>(list: readonly [T, ...T[]]): T;
  shuffled<T>(list: readonly T[]): T[];
}

/** Mulberry32: 32 bits of state, and good enough to draw moments. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return {
    below,
    isTrue: (share) => next() < share,
    oneOf: (list) => list[below(list.length)] ?? list[0],
    shuffled(list) {
      const drawn = [...list];
      for (let last = drawn.length - 1; last > 0; last -= 1) {
        const other = below(last + 1);
        [drawn[last], drawn[other]] = [drawn[other] as (typeof drawn)[number], drawn[last] as (typeof drawn)[number]];
      }
      return drawn;
    },
  };
}
