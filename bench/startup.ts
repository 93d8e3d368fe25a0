/**
 * `node bench/startup.ts [changes]`: how long people wait for the command and for the server, beside a Node that does
 * nothing, and beside the bare embedded database. Whole processes of the built program, timed from outside; everything
 * is warm: files are in the page cache, and the compiled code is in its own.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { filledStore, requireWhole } from './filled-store.ts';
import { command, goal, inRounds, median, type Measured, print, ratios } from './round.ts';

const program = fileURLToPath(new URL('../dist/recourse.js', import.meta.url));
const many = Number(process.argv[2] ?? 100_000);
const patience = 30_000; // ms

const change = `title: Tighten the file
environment: test
steps:
  - linux.set-file-mode: { path: ./change.yaml, mode: "0600" }
`;

const oneTier = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']; // as Recourse runs it
const bareDatabase = `
  const { PGlite } = await import(${JSON.stringify(import.meta.resolve('@electric-sql/pglite'))});
  const database = await PGlite.create(process.argv[1]);
  await database.query('select 1');
  await database.close();`;

async function bench(): Promise<void> {
  if (!existsSync(program)) throw new Error('there is no dist/recourse.js: run `npm run setup` first');
  const folder = await mkdtemp(join(tmpdir(), 'recourse-bench-'));
  const env = (data: string): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'],
    HOME: folder,
    RECOURSE_DATA: join(folder, data),
    RECOURSE_KEY_FILE: join(folder, 'key'),
  });
  try {
    await writeFile(join(folder, 'change.yaml'), change);
    const newest = await makeStores(folder);
    const recourse = (data: string, ...args: string[]) =>
      command([process.execPath, program, ...args], { cwd: folder, env: env(data) });
    await requireSameWork(recourse, newest);
    console.log(`Node ${process.versions.node}; ${many} changes in the store that has many`);

    const measures = await inRounds(
      {
        'node -e 0': () => command([process.execPath, '-e', '0']),
        'recourse --version': () => recourse('none', '--version'),
        'recourse propose --dry-run': () => recourse('none', 'propose', '-f', 'change.yaml', '--dry-run'),
        'PGlite alone, select 1': () =>
          command([process.execPath, ...oneTier, '--input-type=module', '-e', bareDatabase, join(folder, 'bare')]),
        'recourse list, no changes': () => recourse('none', 'list'),
        'recourse list, many changes': () => recourse('many', 'list'),
        'recourse serve, until it answers': () => served(env('many')),
      },
      11,
    );
    console.log('');
    print(measures);
    console.log('');
    const beside = (name: keyof typeof measures) => ratios(measures[name], measures['node -e 0']);
    goal('--version beside node -e 0', beside('recourse --version'), { atMost: 1.5 });
    goal('list beside node -e 0, no changes', beside('recourse list, no changes'), { atMost: 20 });
    goal('list beside node -e 0, many changes', beside('recourse list, many changes'), { atMost: 20 });
    goal('serve beside node -e 0', beside('recourse serve, until it answers'), { atMost: 20 });
    report('propose --dry-run beside node -e 0', beside('recourse propose --dry-run'));
    const alone = measures['PGlite alone, select 1'];
    report('list beside PGlite alone, many changes', ratios(measures['recourse list, many changes'], alone));
    report('serve beside PGlite alone', ratios(measures['recourse serve, until it answers'], alone));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A figure without a goal. */
const report = (what: string, figures: readonly number[]): void =>
  console.log(
    `${'reported'.padEnd(17)} ${what}: ${median(figures).toFixed(2)} (${Math.min(...figures).toFixed(2)}..${Math.max(...figures).toFixed(2)})`,
  );

async function makeStores(folder: string): Promise<string> {
  const few = join(folder, 'few');
  await Promise.all(['none', 'few', 'many'].map((name) => mkdir(join(folder, name))));
  await filledStore(few, 1000);
  await requireWhole(few); // what is loaded is what the facts say, at a size at which this takes a second
  await filledStore(join(folder, 'none'), 0);
  await cp(join(folder, 'none/pg'), join(folder, 'bare'), { recursive: true });
  return filledStore(join(folder, 'many'), many);
}

/** Every command says what it must. */
async function requireSameWork(
  recourse: (data: string, ...args: string[]) => Promise<{ readonly output: string }>,
  newest: string,
): Promise<void> {
  const { version } = JSON.parse(await readFile(join(program, '../../package.json'), 'utf8')) as { version: string };
  const said = async (...args: Parameters<typeof recourse>) => (await recourse(...args)).output;
  const require = (isSo: boolean, what: string): void => {
    if (!isSo) throw new Error(`${what} is not what it must be`);
  };
  require((await said('none', '--version')).trim() === version, 'the version');
  require((await said('none', 'propose', '-f', 'change.yaml', '--dry-run')).includes(
    'fully-reversible',
  ), 'the dry run');
  require((await said('none', 'list', '--json')).trim() === '{"changes":[],"next":null}', 'the empty list');
  const { changes } = JSON.parse(await said('many', 'list', '--json')) as { changes: { id: string }[] };
  require(changes.length === Math.min(50, many) && changes[0]?.id === newest, 'the list');
}

/** From the start of a server on an embedded store to its first healthy answer. */
async function served(env: NodeJS.ProcessEnv): Promise<Measured> {
  const port = await freePort();
  const start = performance.now();
  const server = spawn(process.execPath, [program, 'serve', '--port', String(port)], { env, stdio: 'ignore' });
  const exited = once(server, 'exit');
  try {
    while (!(await isHealthy(port))) {
      if (server.exitCode !== null || performance.now() - start > patience) throw new Error('the server did not start');
      await sleep(2);
    }
    const wall = (performance.now() - start) / 1000;
    const [status, stat] = await Promise.all(
      ['status', 'stat'].map((name) => readFile(`/proc/${server.pid}/${name}`, 'utf8').catch(() => '')),
    );
    const ticks = stat?.split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? [];
    const peak = Number(/VmHWM:\s*(\d+) kB/.exec(status ?? '')?.[1]) / 1024;
    return { wall, cpu: ticks.reduce((sum, of) => sum + of, 0) / 100, ...(peak > 0 && { peak }) };
  } finally {
    server.kill('SIGTERM');
    await exited;
  }
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health`)).ok;
  } catch {
    return false; // nobody listens yet
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

await bench();
