/** The store without its server, a second one whose key is in the environment, and one in a PostgreSQL. */
import { randomBytes } from 'node:crypto';

import { formatMasterKey } from '#src/evidence/master-key.ts';

import type { Canaries } from './canaries.ts';
import type { Stage } from './stage.ts';

/** Looked after, kept, and made again elsewhere. */
export async function restored({ run, stores }: Stage, id: string): Promise<void> {
  await run(
    `recourse doctor && recourse evidence export ${id} -o evidence && recourse evidence verify evidence && cat evidence`,
  );
  await run('recourse backup "$RECOURSE_DATA/backup" && recourse rebuild && recourse list');
  const elsewhere = `recourse --data '${stores.restored}'`;
  await run(`${elsewhere} restore "$RECOURSE_DATA/backup" && ${elsewhere} show ${id}`);
}

const change = `title: A process that dies
environment: test
steps:
  - linux.put-file: { path: crash.conf, content: { $secret: env:CONTENT } }
`;

/** Killed with the secret in its hands; then keys that do not open the store, and ones that are none. */
export async function crashed({ run, file, stores }: Stage, canaries: Canaries): Promise<void> {
  const [key, wrong] = [randomBytes(32), randomBytes(32)];
  canaries.addKey('the master key in the environment', key);
  canaries.addKey('another master key', wrong);
  const withKey = (RECOURSE_KEY: string) => ({ RECOURSE_DATA: stores.other, RECOURSE_KEY });
  const env = withKey(formatMasterKey(key));
  file('crash.yaml', change);
  const CONTENT = canaries.plain('the content of a file, when the process dies');
  const id = await run('recourse propose -f crash.yaml -q', 0, { ...env, CONTENT });
  await run(`recourse approve ${id}`, 0, env);
  await run(`recourse run ${id}`, 'killed', { ...env, RECOURSE_STOP_AFTER: 'apply' });
  await run(`recourse run ${id}`, 0, env);
  await run(`recourse recover ${id}`, 5, withKey(formatMasterKey(wrong)));
  const broken = canaries.plain('a master key that is none');
  for (const text of [broken, `recourse-key-1:${broken}`]) await run(`recourse recover ${id}`, 2, withKey(text)); // oxlint-disable-line no-await-in-loop -- in turn
  await run(`recourse recover ${id} && recourse show ${id}`, 0, env);
}

/** One that works; then ones that refuse, cannot be reached, or are no address. */
export async function inPostgres({ run, database: { url } }: Stage, canaries: Canaries): Promise<void> {
  const env = { RECOURSE_DATABASE: url.href };
  const CONTENT = canaries.plain('the content of a file, from a store in PostgreSQL');
  const id = await run('recourse propose -f crash.yaml -q', 0, { ...env, CONTENT });
  await run(`recourse approve ${id} && recourse run ${id} && recourse recover ${id} && recourse doctor`, 0, env);

  const password = encodeURIComponent(canaries.plain('the password in a database URL'));
  const urls = [
    [`postgres://postgres:${password}@${url.host}/postgres`, 5],
    [`postgres://a:${password}@127.0.0.1:1/x`, 5],
    [`postgres://a:${password}@nowhere.invalid/x`, 5],
    [`postgres://a:${password}@[/x`, 2],
    [`pg://a:${password}@127.0.0.1:1/x`, 2],
  ] as const;
  for (const [RECOURSE_DATABASE, exit] of urls) await run('recourse list', exit, { RECOURSE_DATABASE }); // oxlint-disable-line no-await-in-loop -- in turn
  const [[RECOURSE_DATABASE]] = urls;
  for (const line of ['doctor', 'serve --port 0', 'worker', 'rebuild --json'])
    await run(`recourse ${line}`, 5, { RECOURSE_DATABASE }); // oxlint-disable-line no-await-in-loop

  const inAddress = encodeURIComponent(canaries.plain('the password in the address of a server'));
  await run('recourse list', 2, { RECOURSE_SERVER: `http://a:${inAddress}@127.0.0.1:1` });
}
