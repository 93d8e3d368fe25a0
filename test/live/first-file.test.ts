import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { root } from '../../tools/tree.ts';
import { orSkip } from './require.ts';

const run = promisify(execFile);

/** The first Node outside of this project that is older than the product needs. */
async function findOldNode(): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((path) => !path.endsWith('node_modules/.bin'));
  const found = await Promise.all(
    folders.map(async (folder) => {
      const node = join(folder, 'node');
      const version = await run(node, ['--version']).catch(() => ({ stdout: 'v99' }));
      return Number(version.stdout.slice(1).split('.')[0]) < 24 ? node : undefined;
    }),
  );
  return found.find((node) => node !== undefined);
}

/** Stands where the product's main does, and does what it is told. */
const main = `
export async function main([what, ...rest]) {
  if (what === 'fail') return Number(rest[0]);
  if (what === 'echo') for await (const chunk of process.stdin) process.stdout.write(chunk);
  if (what === 'die') process.kill(process.pid, 'SIGKILL');
  if (what === 'wait') {
    const signals = [];
    for (const signal of ['SIGINT', 'SIGTERM'])
      process.on(signal, () => { signals.push(signal); if (signals.length === 2) { console.log(signals.join()); process.exit(9); } });
    console.log(process.pid, process.version);
    setTimeout(() => {}, 60_000);
    await new Promise(() => {});
  }
  return 0;
}`;

const firstLine = async (child: ChildProcess) => String((await once(child.stdout ?? child, 'data'))[0]).trim();

const oldNode = await findOldNode();
orSkip(oldNode ? undefined : 'no Node older than 24 is on the PATH')('the first file, under an old Node', () => {
  let folder: string;
  const start = (...args: string[]): ChildProcess =>
    spawn(oldNode ?? '', [join(folder, 'dist/recourse.js'), ...args], { cwd: '/', stdio: ['pipe', 'pipe', 'inherit'] });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recourse-first-file-'));
    await mkdir(join(folder, 'src'));
    const copied = ['src/recourse.ts', 'src/version.ts', 'tools', 'package.json', 'vite.cli.config.ts'];
    await Promise.all(copied.map((path) => cp(root + path, join(folder, path), { recursive: true })));
    await writeFile(join(folder, 'src/main.ts'), main);
    await mkdir(join(folder, 'src/systems'), { recursive: true });
    await writeFile(join(folder, 'src/systems/scratch-postgres-worker.ts'), ''); // the other thing that is built
    await symlink(`${root}node_modules`, join(folder, 'node_modules'));
    await run(`${root}node_modules/.bin/vite`, ['build', '-c', 'vite.cli.config.ts'], { cwd: folder });
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('says its version', async () => {
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
    expect(await text(start('--version').stdout ?? process.stdin)).toBe(`${version}\n`);
  });

  test('exits as the program does', async () => {
    expect(await once(start('fail', '7'), 'exit')).toEqual([7, null]);
    expect(await once(start('die'), 'exit')).toEqual([null, 'SIGKILL']);
  });

  test('passes standard input on', async () => {
    const child = start('echo');
    child.stdin?.end('good morning');
    expect(await text(child.stdout ?? process.stdin)).toBe('good morning');
  });

  test('passes signals on, each once, and runs under the Node that npm brought', async () => {
    const child = start('wait');
    expect(await firstLine(child)).toMatch(/^\d+ v(2[4-9]|[3-9]\d)\./);
    child.kill('SIGINT');
    child.kill('SIGTERM');
    expect((await firstLine(child)).split(',').toSorted((a, b) => a.localeCompare(b))).toEqual(['SIGINT', 'SIGTERM']);
    expect(await once(child, 'exit')).toEqual([9, null]);
  });

  test('takes the program along when it is killed', async () => {
    const child = start('wait');
    const [pid] = (await firstLine(child)).split(' ');
    child.kill('SIGKILL');
    const state = async () => (await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') gone')).split(') ')[1]?.[0];
    await expect.poll(state, { timeout: 5000 }).toMatch(/[gZX]/); // gone, or waiting to be reaped
  });
});
