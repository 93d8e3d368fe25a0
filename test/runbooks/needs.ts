/** What a page may need beside Node.js and git: a word behind ```console asks for it. */
import { spawnSync } from 'node:child_process';

import { startPostgres, type StartedPostgres } from '../../tools/postgres.ts';
import type { Needed } from './run-page.ts';

/** A throw-away PostgreSQL, as `psql` finds it. */
export async function startNeeds(): Promise<{
  readonly needs: Readonly<Record<string, Needed>>;
  stop(): Promise<void>;
}> {
  if (spawnSync('psql', ['--version']).status !== 0)
    return { needs: { postgres: { missing: 'psql is not installed' } }, stop: async () => {} };
  const started = await startPostgres();
  if ('skipped' in started) return { needs: { postgres: { missing: started.skipped } }, stop: async () => {} };
  return { needs: { postgres: postgresFor(started) }, stop: started.stop };
}

function postgresFor({ url }: StartedPostgres): Needed {
  const { hostname, port, username, password } = new URL(url);
  return {
    env: { PGHOST: hostname, PGPORT: port, PGUSER: username, PGPASSWORD: password, PGDATABASE: 'postgres' },
    names: { [`${hostname}:${port}`]: `${hostname}:5432`, [`port ${port}`]: 'port 5432' },
  };
}
