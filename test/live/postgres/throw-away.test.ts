import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { text } from 'node:stream/consumers';

import { Client } from 'pg';
import { expect, test } from 'vitest';

import { startPostgres } from '../../../tools/postgres.ts';
import { orSkip } from '../require.ts';
import { majors } from './database.ts';

const tool = new URL('../../../tools/postgres.ts', import.meta.url).href;

const started = await Promise.all(majors.map((major) => startPostgres({ major })));

for (const [i, found] of started.entries()) {
  const major = majors[i] ?? 15;
  orSkip('skipped' in found ? found.skipped : undefined)(`a throw-away PostgreSQL ${major}`, () => {
    if ('skipped' in found) return;

    test('is the version that was asked for, and gone after it was stopped', async () => {
      const client = new Client(found.url);
      await client.connect();
      const { rows } = await client.query<{ data: string; major: number }>(
        `select current_setting('data_directory') as data, current_setting('server_version_num')::int / 10000 as major`,
      );
      expect(rows[0]?.major).toBe(major);
      expect(await found.log()).toContain('ready to accept connections');
      await client.end();
      await found.stop();
      await found.stop();
      await expect(new Client(found.url).connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      await expect(access(rows[0]?.data ?? '/')).rejects.toMatchObject({ code: 'ENOENT' });
    });

    test.each(["process.kill(process.pid, 'SIGKILL')", "throw new Error('a test that failed')"])(
      'does not outlive its parent, which ends by %s',
      async (ends) => {
        const script = `const { startPostgres } = await import('${tool}');
          const { url } = await startPostgres({ major: ${major} }); process.stdout.write(url, () => { ${ends} });`;
        const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        const [url] = await Promise.all([text(parent.stdout), once(parent, 'exit')]);
        expect(url).toMatch(/^postgres:/);
        await expect
          .poll(() => new Client(url).connect().catch((error: unknown) => error))
          .toMatchObject({ code: 'ECONNREFUSED' });
      },
    );

    test('that cannot start says what its log says', async () => {
      const wrong = startPostgres({ major, settings: { no_such_setting: 'on' } });
      await expect(wrong).rejects.toThrow('unrecognized configuration parameter "no_such_setting"');
    });
  });
}
