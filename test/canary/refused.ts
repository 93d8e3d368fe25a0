import type { Canaries } from './canaries.ts';
import type { Serving } from './stage.ts';

/** Secrets where none may stand, and requests that cannot be read: what is refused is not repeated. */
export async function refused(canaries: Canaries, { ask, token }: Serving): Promise<void> {
  const secret = canaries.plain('a secret where none may stand');
  const settings = { host: 'localhost', user: 'a', password: secret };
  const url = (scheme: string): string => `${scheme}://a:${encodeURIComponent(secret)}@localhost/x`;
  const connection = (system: string, of: object): string => JSON.stringify({ id: 'a', system, settings: of });
  const change = (...steps: readonly unknown[]): string => JSON.stringify({ title: 'x', environment: 'test', steps });
  const reset = (password: unknown, more: object = {}): string =>
    change({ 'postgres.reset-password': { role: 'orders', password, ...more } });
  const bodies = {
    '/api/v1/connections': [
      connection('postgres', settings),
      connection('postgres', { ...settings, password: { $plain: 1, secret } }),
      connection('postgres', { ...settings, password: { $secret: `env:${secret}` } }),
      connection('postgres', { url: url('postgres') }),
      connection('git', { remote: url('https') }),
    ],
    '/api/v1/changes': [
      reset(secret),
      reset({ $secret: `env:${secret}` }),
      reset({ $plain: secret }, { more: secret }),
      change({ 'linux.put-file': { path: '/x', content: { sealed: secret } } }),
      change(secret),
      JSON.stringify(secret),
      `{"password": "x", ${secret}`,
      `"${secret}`,
    ],
  };
  for (const [path, all] of Object.entries(bodies))
    for (const body of all) {
      const { status, said } = await ask('POST', path, { token, body }); // oxlint-disable-line no-await-in-loop -- in turn
      if (status < 400) throw new Error(`${path} took ${body}: ${status} ${said}`);
    }

  const unknown = canaries.plain('a token that is not known').replaceAll(/\W/g, '');
  for (const one of [`rct_${unknown.padEnd(43, '0').slice(0, 43)}`, unknown]) {
    const { status, said } = await ask('GET', '/api/v1/changes', { token: one }); // oxlint-disable-line no-await-in-loop
    if (status !== 401) throw new Error(`${status} ${said}`);
  }
}
