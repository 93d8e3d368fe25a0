/** The error of a call that was made to fail. */
class Planted extends Error {}

interface Failing<Client> {
  readonly client: Client;
  readonly calls: () => number;
}

/**
 * A client that dies at its n-th call, before the call takes effect or right after it, and answers nothing from then
 * on, as for a process that was killed. With `at: Infinity` it only counts.
 */
export function failing<Client>(client: Client, at: number, when: 'before' | 'after'): Failing<Client> {
  let calls = 0;
  const proxied = new Proxy(client as object, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...args: readonly unknown[]): Promise<unknown> => {
        calls += 1;
        if (calls > at || (calls === at && when === 'before')) throw new Planted(`died at call ${at}`);
        const answer: unknown = await Reflect.apply(value, target, args);
        if (calls === at) throw new Planted(`died after call ${at}`);
        return answer;
      };
    },
  });
  return { client: proxied as Client, calls: () => calls };
}
