import { join } from 'node:path';

import type { Canaries } from './canaries.ts';
import type { Serving, Stage } from './stage.ts';

const stepOn = (connection: string): string =>
  connection.endsWith('-db')
    ? `{ on: ${connection}, postgres.reset-password: { role: orders, password: { $secret: env:NEW_PASSWORD } } }`
    : `{ on: ${connection}, git.commit-files: { branch: main, message: x, files: [{ path: x, content: x }] } }`;

/** Changes that fail: a permission, a password, a push. Then one from standard input, and one over the API. */
export async function failed(
  { run, file, folder, remote }: Stage,
  canaries: Canaries,
  { ask, token }: Serving,
): Promise<readonly string[]> {
  const ids: string[] = [];
  const propose = async (step: string, env: NodeJS.ProcessEnv, input = 'true'): Promise<string> => {
    file('change.yaml', `title: A change with a secret\nenvironment: test\nsteps:\n  - ${step}\n`);
    const id = await run(`${input} | recourse propose -f change.yaml -q`, 0, env);
    ids.push(id);
    await run(`recourse approve ${id}`);
    return id;
  };

  remote.allowPushes(false);
  const env = { NEW_PASSWORD: canaries.plain('a new password that was never set') };
  for (const connection of ['weak-db', 'wrong-db', 'wrong-git', 'platform']) {
    const id = await propose(stepOn(connection), env); // oxlint-disable-line no-await-in-loop -- in turn
    await run(`recourse run ${id}`, 5); // oxlint-disable-line no-await-in-loop
    await run(`recourse recover ${id}`); // oxlint-disable-line no-await-in-loop
  }
  remote.allowPushes(true);

  const id = await propose(
    'linux.put-file: { path: stdin.conf, content: { $secret: stdin } }',
    { CONTENT: canaries.plain('the content of a file, from standard input') },
    `printf '%s\\n' "$CONTENT"`,
  );
  await run(`recourse run ${id} && recourse recover ${id}`);

  const content = { $plain: canaries.plain('the content of a file, over the API') };
  const steps = [{ 'linux.put-file': { path: join(folder, 'api.conf'), content } }];
  const body = JSON.stringify({ title: 'A file over the API', environment: 'test', steps });
  await ask('POST', '/api/v1/changes/preview', { token, body });
  const proposed = await ask('POST', '/api/v1/changes', { token, body });
  const { id: overApi } = JSON.parse(proposed.said) as { id: string };
  const act = async (what: string): Promise<void> => {
    const { status, said } = await ask('POST', `/api/v1/changes/${overApi}/${what}`, { token, body: '{}' });
    if (status >= 300) throw new Error(`${what}: ${status} ${said}`);
  };
  await act('approve');
  await act('run'); // leaves it to the server's worker
  await run(`recourse run ${overApi} && recourse recover ${overApi}`);
  await act('decide');
  await act('close');
  return [...ids, overApi];
}
