/** Bad input, a bad day: each is one clear fault with its exit code, nothing is lost, and the change goes on after it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { openShell, program, type Shell, tightening } from './shell.ts';

vi.setConfig({ testTimeout: 60_000 });
let shell: Shell;
beforeAll(() => {
  shell = openShell();
  shell.file('f');
});
afterAll(() => shell.close());

const step = (body: string) => `title: t\nenvironment: test\nsteps:\n  - ${body}\n`;

describe('a change file that is wrong', () => {
  test.each([
    ['malformed YAML', 'title: t\nsteps:\n  - a: [1\n', ['change.yaml:', ':4:']],
    [
      'an unknown operation',
      step('linux.set-file-mod: { path: ./f, mode: "0600" }'),
      ['steps[0]', 'did you mean linux.set-file-mode'],
    ],
    ['a wrong param', step('linux.set-file-mode: { path: ./f, mode: "0899" }'), ['steps[0].linux.set-file-mode.mode']],
    [
      'an unquoted mode',
      step('linux.set-file-mode: { path: ./f, mode: 0600 }'),
      ['quotes', 'steps[0].linux.set-file-mode.mode'],
    ],
    ['a param that there is not', step('linux.set-file-mode: { path: ./f, mode: "0600", owner: me }'), ['owner']],
    ['no operation', step('id: "1"'), ['steps[0]', 'names no operation']],
    ['two operations', step('{ linux.put-file: {}, linux.set-file-mode: {} }'), ['one operation']],
    [
      'two steps of one id',
      `${step('{ id: a, linux.set-file-mode: { path: ./f, mode: "0600" } }')}  - { id: a, linux.set-file-mode: { path: ./f, mode: "0600" } }\n`,
      ['two steps with the id a'],
    ],
    ['no title', 'environment: test\nsteps: []\n', ['title']],
    [
      'a connection that there is not',
      step('{ on: web-1, linux.set-file-mode: { path: ./f, mode: "0600" } }'),
      ['steps[0].on', 'there is no linux connection web-1 (there is local)'],
    ],
    [
      'an unknown check',
      step('wait: { until: linux/file-exist, subject: { path: /f } }'),
      ['did you mean linux/file-exists'],
    ],
    [
      'a secret that is not there',
      step('linux.put-file: { path: ./f, content: { $secret: env:NOT_SET } }'),
      ['env:NOT_SET', 'not set'],
    ],
    ['not a mapping', '- 1\n', ['not a mapping']],
  ])('%s: exit 2, and what, where and what to do', async (_, text, says) => {
    shell.file('change.yaml', text);
    const { exit, err } = await shell.run('recourse propose -f change.yaml');
    expect(exit).toBe(2);
    for (const words of says) expect(err).toContain(words);
    expect(err.trim().split('\n').length).toBeGreaterThan(1); // the advice
    expect(err).not.toContain('    at '); // no stack
  });

  test.each([
    ['recourse propose -f nothing.yaml', 'There is no file nothing.yaml'],
    ['recourse show ABCD', 'ABCD'],
    ['recourse list --limit many', '--limit'],
    ['recourse list --status broken', 'status'],
    ['recourse frobnicate', 'unknown command'],
    ['recourse list --no-such', 'unknown option'],
    ['recourse run', 'missing required argument'],
    ['recourse serve --port 99999', '--port'],
    ['RECOURSE_STOP_AFTER=nowhere recourse list', 'nowhere'],
    ['RECOURSE_KEY=short recourse list', 'master key'],
  ])('%s: exit 2', async (line, says) => {
    const { exit, err } = await shell.run(line);
    expect(exit).toBe(2);
    expect(err).toContain(says);
  });
});

describe('a bad day', () => {
  const proposed = async (name = 'f') => {
    shell.file(name);
    shell.file('change.yaml', tightening(`./${name}`));
    const id = (await shell.run('recourse propose -f change.yaml -q')).out.trim();
    await shell.run(`recourse approve ${id}`);
    return id;
  };

  test('a database that cannot be reached, and a server that is not there: exit 5, naming the address', async () => {
    const database = await shell.run('recourse list', { RECOURSE_DATABASE: 'postgres://me:hunter2@127.0.0.1:1/none' });
    expect([database.exit, database.err]).toEqual([5, expect.stringContaining('127.0.0.1:1')]);
    expect(database.err).not.toContain('hunter2');
    const server = await shell.run('recourse list', {
      RECOURSE_SERVER: 'http://127.0.0.1:1',
      RECOURSE_TOKEN: 'rct_none',
    });
    expect([server.exit, server.err]).toEqual([5, expect.stringContaining('127.0.0.1:1')]);
  });

  test('a store that another process holds: exit 5, and who holds it; afterwards it is there', async () => {
    await shell.run('recourse list');
    const holder = spawn(process.execPath, [program, 'worker'], {
      env: shell.env,
      cwd: shell.folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await once(holder.stderr, 'data');
    const { exit, err } = await shell.run('recourse list');
    expect([exit, err]).toEqual([5, expect.stringContaining(String(holder.pid))]);
    expect(err).toContain('in-use');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect((await shell.run('recourse list')).exit).toBe(0);
  });

  test('Ctrl-C in the middle: exit 130, what is applied, how to go on; and it goes on', async () => {
    shell.file('c');
    shell.file(
      'change.yaml',
      `${tightening('./c')}  - wait: { until: linux/file-exists, subject: { path: ${join(shell.folder, 'later')} }, every: 1s, patience: 1h }\n`,
    );
    const id = (await shell.run('recourse propose -f change.yaml -q')).out.trim();
    await shell.run(`recourse approve ${id}`);
    const running = spawn(process.execPath, [program, 'run', id], {
      env: shell.env,
      cwd: shell.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    let isPressed = false; // once: a second one ends it at once
    running.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
      if (!isPressed && err.includes('…')) isPressed = running.kill('SIGINT');
    });
    const [exit] = (await once(running, 'close')) as [number];
    expect(exit).toBe(130);
    expect(err).toContain(`recourse run ${id}`);
    expect(shell.modeOf('c')).toBe('600');
    shell.file('later');
    expect((await shell.run(`recourse run ${id}`)).exit).toBe(0);
  });

  test('a data folder that cannot be written, and one that is gone: a store fault, and nothing is lost', async () => {
    const id = await proposed('gone');
    const store = String(shell.env['RECOURSE_DATA']);
    renameSync(store, `${store}.away`);
    const gone = await shell.run(`recourse show ${id}`);
    expect([gone.exit, gone.err]).toEqual([2, expect.stringContaining('not-found')]);
    rmSync(store, { recursive: true });
    renameSync(`${store}.away`, store);
    expect((await shell.run(`recourse run ${id}`)).exit).toBe(0);
  });

  test.runIf(process.getuid?.() === 0)(
    'a full disk: a store fault, nothing half written, and the change goes on when there is room',
    async () => {
      const small = join(shell.folder, 'small');
      mkdirSync(small);
      const mounted = await shell.run(`mount -t tmpfs -o size=60m none ${small}`);
      if (mounted.exit !== 0) return; // no mounts in this sandbox
      const env = { RECOURSE_DATA: join(small, 'store') };
      try {
        shell.file('d');
        shell.file('change.yaml', tightening('./d'));
        const id = (await shell.run('recourse propose -f change.yaml -q', env)).out.trim();
        await shell.run(`dd if=/dev/zero of=${small}/fill bs=64k 2>/dev/null`);
        const full = await shell.run(`recourse approve ${id}`, env);
        expect([full.exit, full.err]).toEqual([5, expect.stringMatching(/store-failed|no space|No space|full/)]);
        await shell.run(`rm ${small}/fill`);
        await shell.run(`recourse approve ${id}`, env);
        expect((await shell.run(`recourse run ${id}`, env)).exit).toBe(0);
        expect(shell.modeOf('d')).toBe('600');
      } finally {
        await shell.run(`umount -l ${small}`);
      }
    },
  );

  test.runIf(process.getuid?.() !== 0)('a missing permission names who, what and where', async () => {
    const id = await proposed();
    chmodSync(join(shell.folder, 'f'), 0o644);
    expect(existsSync('/etc/hosts')).toBe(true);
    shell.file('hosts.yaml', tightening('/etc/hosts'));
    const other = (await shell.run('recourse propose -f hosts.yaml -q')).out.trim();
    await shell.run(`recourse approve ${other}`);
    const { exit, out } = await shell.run(`recourse run ${other}`);
    expect([exit, out]).toEqual([5, expect.stringMatching(/permission-denied: .*\/etc\/hosts/)]);
    expect((await shell.run(`recourse run ${id}`)).exit).toBe(0);
  });
});
