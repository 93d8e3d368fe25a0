/** Facts as they come. The store says that there are new ones; they are read from the chain, so none is missed or doubled. */
import type { Evidence } from '../model/fact.ts';
import type { ChangeId, Instant } from '../model/ids.ts';
import type { Store } from '../model/store.ts';

interface Watching {
  readonly id?: ChangeId;
  /** Facts of `id` after this one; without `id`, all that come from `now` on. */
  readonly seq?: number;
  readonly now: Instant;
  readonly signal: AbortSignal;
}

export async function* watch(store: Store, { id, seq = 0, now, signal }: Watching): AsyncGenerator<Evidence> {
  const news = new Set<ChangeId>(id ? [id] : []);
  const seen = new Map<ChangeId, number>(id ? [[id, seq]] : []);
  let wake: () => void = () => {};
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort);
  const stop = await store.listen((change) => {
    if (id && change !== id) return;
    news.add(change);
    wake();
  });
  try {
    while (!signal.aborted) {
      const [change] = news;
      if (change === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (news.size > 0 || signal.aborted) resolve();
        });
        continue;
      }
      news.delete(change);
      const { evidence } = await store.read(change);
      const from = seen.get(change) ?? evidence.filter(({ at }) => at < now).length;
      for (const record of evidence.slice(from)) {
        seen.set(change, record.seq);
        yield record;
        if (signal.aborted) return;
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    await stop();
  }
}
