import type { PGlite, Transaction } from '@electric-sql/pglite';

/** So many queries in a row, then timers and sockets get their turn. */
const burst = 8;

/**
 * PGlite runs on the event loop, and a loop of awaited queries never leaves the microtasks: without this, nobody else
 * would be served while a burst of queries lasts.
 */
export function withTurns(lite: PGlite): PGlite {
  let inARow = 0;
  const turn = async (): Promise<void> => {
    if (++inARow < burst) return;
    inARow = 0;
    await new Promise<void>((resolve) => setImmediate(resolve));
  };
  const taking = <Target extends object>(target: Target, own: Partial<Target>): Target =>
    new Proxy(target, {
      get(_, name) {
        if (name in own) return own[name as keyof Target];
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  const queriesOf = (target: Pick<PGlite, 'query' | 'exec'>): Pick<PGlite, 'query' | 'exec'> => ({
    query: async (...args) => {
      await turn();
      return target.query(...args);
    },
    exec: async (...args) => {
      await turn();
      return target.exec(...args);
    },
  });
  const transaction: PGlite['transaction'] = (work) =>
    lite.transaction((tx: Transaction) => work(taking(tx, queriesOf(tx))));
  return taking(lite, { ...queriesOf(lite), transaction });
}
