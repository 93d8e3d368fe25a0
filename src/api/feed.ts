import type { Evidence } from '../model/fact.ts';

/** What a reader of the feed is told: a fact, or that facts were missed and everything has to be read again. */
export type Fed = Evidence | 'gap';

/** The facts of all changes, watched once for all who read them. */
export interface Feed {
  /**
   * @param cursor the last fact that the reader has, as `cursorOf` names it; without one it reads from now on
   * @returns what came after it, until the signal aborts. Throws what the watch throws.
   */
  after(cursor: string | undefined, signal: AbortSignal): AsyncGenerator<Fed, void>;
}

export interface FeedOptions {
  watch(signal: AbortSignal): AsyncIterable<Evidence>;
  /** Milliseconds since whenever. */
  now(): number;
  /** Ends the watch. */
  readonly until: AbortSignal;
  /** How many facts are kept for readers who were away. */
  readonly size?: number;
  /** For how many milliseconds it goes on to watch when nobody reads: somebody may come back. */
  readonly patience?: number;
}

/** How a fact is named in a stream of events. */
export const cursorOf = ({ change, seq }: Pick<Evidence, 'change' | 'seq'>): string => `${change}:${seq}`;

/** Watches while somebody reads, and a little longer. When watching fails, its readers are told. */
export const feed = ({ watch, now, until, size = 1_000, patience = 60_000 }: FeedOptions): Feed => {
  const kept: Evidence[] = [];
  /** How many facts came before the first of those kept. */
  let before = 0;
  let isWatching = false;
  let readers = 0;
  let leftAt = 0;
  let failure: unknown;
  let news = Promise.withResolvers<void>();
  const tell = (): void => {
    news.resolve();
    news = Promise.withResolvers();
  };

  const pump = async (): Promise<void> => {
    isWatching = true;
    try {
      for await (const fact of watch(until)) {
        if (readers === 0 && now() - leftAt > patience) break;
        kept.push(fact);
        if (kept.length > size) before += kept.splice(0, 1).length;
        tell();
      }
    } catch (why) {
      failure = why;
    }
    isWatching = false;
    before += kept.splice(0).length + 1; // what comes until it is watched again is missed by everybody
    tell();
  };

  return {
    async *after(cursor, signal) {
      if (!isWatching) void pump();
      const found = kept.findLastIndex((fact) => cursorOf(fact) === cursor);
      let next = before + (found === -1 ? kept.length : found + 1);
      signal.addEventListener('abort', tell, { once: true });
      readers += 1;
      try {
        if (cursor !== undefined && found === -1) yield 'gap';
        while (!signal.aborted) {
          const fact = kept[next - before];
          if (next < before) {
            if (!isWatching) throw failure;
            yield 'gap';
            next = before + kept.length;
          } else if (fact) {
            next += 1;
            yield fact;
          } else await news.promise;
        }
      } finally {
        readers -= 1;
        leftAt = now();
      }
    },
  };
};
