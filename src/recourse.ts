#!/usr/bin/env node
/**
 * The first file that runs, under whatever Node the machine has. An old one must be able to read it, so it imports
 * nothing that is not Node's own before it knows where it is, and its syntax is that of 2018. A Node that is too old
 * starts the program again under the one that npm installed beside it; arguments, streams, signals and exit pass through.
 */
import { version } from './version.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (process.argv.length === 3 && process.argv[2] === '--version') console.log(version);
else if (major < 24 || (major === 24 && minor < 15)) startAgain().catch(giveUp);
else run().catch(giveUp);

async function run() {
  endWithParent();
  const { enableCompileCache } = await import('node:module');
  const { fileURLToPath } = await import('node:url');
  // Beside the code: a cache is code, and whoever may write this one could write the code itself.
  enableCompileCache(fileURLToPath(new URL('.cache', import.meta.url)));
  const { main } = await import('./main.ts');
  process.exitCode = 70; // what it is when nothing is left to wait for, and no answer came
  process.exitCode = await main(process.argv.slice(2));
}

/** SIGKILL cannot be passed on: when the one that started us again is gone, we die the way it did. */
function endWithParent() {
  const startedBy = process.env['RECOURSE_STARTED_BY'];
  delete process.env['RECOURSE_STARTED_BY'];
  if (startedBy !== String(process.ppid) || !process.channel) return;
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel.unref();
}

async function startAgain() {
  const { spawn } = await import('node:child_process');
  const { existsSync } = await import('node:fs');
  const { fileURLToPath } = await import('node:url');
  const platform = `${process.platform}-${process.arch}`;
  const bundled = fileURLToPath(new URL(`../node_modules/node-${platform}/bin/node`, import.meta.url));
  if (!existsSync(bundled)) {
    console.error(`recourse needs Node.js 24.15 or newer, and this is ${process.versions.node}. Install Node.js 24.`);
    process.exitCode = 5;
    return;
  }
  const child = spawn(bundled, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, RECOURSE_STARTED_BY: String(process.pid) },
  });

  // A terminal sends Ctrl-C to both of us; anybody else sent it to this process alone.
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const fromKeyboard: NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];
  const fromElsewhere: NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGUSR2'];
  for (const signal of fromKeyboard) process.on(signal, () => atTerminal || child.kill(signal));
  for (const signal of fromElsewhere) process.on(signal, () => child.kill(signal));

  child.on('error', giveUp);
  child.on('exit', (code, signal) => {
    process.exitCode = code === null ? 70 : code;
    if (signal === null) return;
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function giveUp(error: unknown) {
  console.error(error);
  process.exitCode = 70;
}
