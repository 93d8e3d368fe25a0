import { setTimeout as sleep } from 'node:timers/promises';

import { haystack } from './haystack.ts';
import { listenTo } from './recorders.ts';
import type { Serving, Stage } from './stage.ts';

/** Everything that can be read, through the command line, every address of the API, and the events. */
export async function lookedAt(
  { run, keep, makeToken }: Stage,
  { ask, url, token }: Serving,
  changes: readonly string[],
): Promise<void> {
  const RECOURSE_TOKEN = await makeToken('ci');
  await run('recourse list', 0, { RECOURSE_SERVER: url, RECOURSE_TOKEN });
  await run('recourse list', 3, { RECOURSE_SERVER: url, RECOURSE_TOKEN: RECOURSE_TOKEN.replace(/.{8}$/, '00000000') });
  await run('recourse token list && recourse token list --json && recourse token remove ci');
  await run(
    'recourse list && recourse list --json && recourse operations && recourse doctor && recourse doctor --json',
  );
  await run(`for id in ${changes.join(' ')}; do recourse show $id || exit; done`);

  const answerTo = async (path: string): Promise<string> => {
    const { status, said } = await ask('GET', path, { token });
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${said}`);
    return said;
  };
  for (const path of ['/', '/health', '/metrics']) await answerTo(path); // oxlint-disable-line no-await-in-loop -- in turn
  const { paths } = JSON.parse(await answerTo('/api/v1/openapi.json')) as { paths: Record<string, object> };
  const values: Readonly<Record<string, readonly string[]>> = {
    id: changes,
    ending: changes.map((id) => id.slice(-8)),
  };
  for (const path of Object.keys(paths).filter((one) => 'get' in (paths[one] ?? {}) && !one.endsWith('/events'))) {
    const name = /\{(\w+)\}/.exec(path)?.[1];
    const all = name === undefined ? [path] : values[name]?.map((value) => path.replace(`{${name}}`, value));
    if (!all) throw new Error(`say what ${name} is in ${path}`);
    for (const one of all) {
      const said = await answerTo(one); // oxlint-disable-line no-await-in-loop
      if (one.endsWith('/evidence')) keep(haystack('evidence', one, said));
    }
  }

  for (const id of changes) {
    const facts = JSON.parse(await answerTo(`/api/v1/changes/${id}/facts`)) as readonly unknown[]; // oxlint-disable-line no-await-in-loop
    const events = listenTo(`${url}/api/v1/events?change=${id}&after=0`, token);
    while (events.said().split('event: fact').length <= facts.length) await sleep(10); // oxlint-disable-line no-await-in-loop
    keep(await events.stop()); // oxlint-disable-line no-await-in-loop
  }
}
