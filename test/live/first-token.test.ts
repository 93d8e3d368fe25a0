import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { root } from '../../tools/tree.ts';
import { orSkip } from './require.ts';

/** util-linux's `script` gives a command a terminal. */
const isHere = (() => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
})();

orSkip(isHere ? undefined : 'there is no `script` of util-linux to make a terminal')('the first token', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recourse-first-token-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const serve = `${process.execPath} ${root}dist/recourse.js serve --port 0 --data ${join(folder, 'data')}`;
  const env = { ...process.env, RECOURSE_KEY_FILE: join(folder, 'key') };

  /** What it says until it serves, and how it is ended. */
  async function said(child: ChildProcess): Promise<string> {
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (more: string) => (text += more));
    const closed = once(child, 'close');
    while (!/serves http[^]*token/.test(text)) await Promise.race([once(child.stdout!, 'data'), closed]);
    const port = /serves http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1] ?? '';
    const token = /rct_[\w-]+/.exec(text)?.[0];
    if (token !== undefined) {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/changes`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(200);
    }
    child.kill('SIGTERM');
    await closed;
    return text;
  }
  const atTerminal = () =>
    spawn('script', ['-qec', `exec ${serve}`, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'pipe'] });

  test('is shown once to a person at a terminal, works, and stands in no file', async () => {
    const first = await said(atTerminal());
    const token = /rct_[\w-]+/.exec(first)?.[0] ?? '';
    expect(token).not.toBe('');
    expect(first.split(token)).toHaveLength(2);
    for (const file of filesUnder(folder)) expect(readFileSync(file).includes(token)).toBe(false);
    expect(await said(atTerminal())).not.toMatch(/rct_/);
  }, 60_000);

  test('is not shown where standard output is no terminal: it may be a log', async () => {
    const [file = '', ...args] = serve.replace(join(folder, 'data'), join(folder, 'other')).split(' ');
    expect(await said(spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] }))).not.toMatch(/rct_/);
  }, 60_000);
});

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
