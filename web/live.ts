/**
 * Whether what is on the screen is live. One stream per visible tab tells of every new fact; a hidden tab lets it go,
 * because a browser opens only six connections to one server. Silence for three beats counts as cut.
 */
import { createParser } from 'eventsource-parser';

import type { Evidence } from '../src/model/fact.ts';
import { api } from './api.ts';
import { cell } from './cell.ts';
import { isAsked, token } from './session.ts';

export interface Live {
  readonly isLive: boolean;
  /** When the server was last heard, milliseconds since the epoch; `null` before the first time. */
  readonly heardAt: number | null;
}
export const live = cell<Live>({ isLive: false, heardAt: null });

const silenceMs = 45_000;
const waits = [500, 1000, 2000, 5000, 10_000];

/**
 * Keeps the stream open while the page is visible.
 * @param onFact called for every fact as it comes
 * @param onOpen called when the stream (again) tells of everything from now on
 */
export function followFacts(onFact: (fact: Evidence) => void, onOpen: () => void): () => void {
  const over = new AbortController();
  let wake = () => {};
  const isWanted = () => document.visibilityState === 'visible' && !isAsked.get() && token.get() !== null;
  let current: AbortController | undefined;
  const onChange = () => {
    if (!isWanted()) current?.abort();
    wake();
  };
  document.addEventListener('visibilitychange', onChange);
  const unfollow = [token.subscribe(onChange), isAsked.subscribe(onChange)];

  const pause = (ms: number | null) =>
    new Promise<void>((resolve) => {
      const timer = ms === null ? undefined : setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const keepOpen = async () => {
    let failures = 0;
    /* One stream after another: each turn of the loop has to wait for the one before. */
    while (!over.signal.aborted) {
      if (!isWanted()) {
        // oxlint-disable-next-line no-await-in-loop
        await pause(null);
        continue;
      }
      current = new AbortController();
      // oxlint-disable-next-line no-await-in-loop
      const opened = await readStream(current, onFact, onOpen);
      live.set({ ...live.get(), isLive: false });
      failures = opened ? 0 : failures + 1;
      // oxlint-disable-next-line no-await-in-loop
      if (isWanted()) await pause(waits[Math.min(failures, waits.length - 1)] ?? null);
    }
  };
  void keepOpen();
  return () => {
    document.removeEventListener('visibilitychange', onChange);
    for (const stop of unfollow) stop();
    over.abort();
    current?.abort();
    wake();
  };
}

/** Reads one stream to its end; answers whether it was ever open. */
async function readStream(
  stop: AbortController,
  onFact: (fact: Evidence) => void,
  onOpen: () => void,
): Promise<boolean> {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => stop.abort(), silenceMs);
    live.set({ isLive: true, heardAt: Date.now() });
  };
  let isOpen = false;
  try {
    const answer = await api.events(stop.signal);
    if (!answer.body) return false;
    isOpen = true;
    heard();
    onOpen();
    const parser = createParser({
      onEvent: ({ event, data }) => {
        heard();
        if (event === 'fact') onFact(JSON.parse(data) as Evidence);
        if (event === 'gap') onOpen();
      },
    });
    await readThrough(answer.body, (text) => parser.feed(text));
  } catch {
    // Cut, or refused: the rail says since when, and the loop tries again.
  } finally {
    clearTimeout(silence);
  }
  return isOpen;
}

/** Not every browser iterates a stream. */
async function readThrough(body: ReadableStream<Uint8Array>, take: (text: string) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop
    const { done, value } = await reader.read();
    if (done) return;
    take(decoder.decode(value, { stream: true }));
  }
}
