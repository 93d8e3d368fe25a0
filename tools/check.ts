/** `npm run check`: everything that can be judged without running the product. All of it is judged, then all is said. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { text } from 'node:stream/consumers';

import { root } from './tree.ts';

const projects = ['tsconfig.node.json', 'web/tsconfig.json'].filter((path) => existsSync(root + path));

const judged = {
  format: ['oxfmt', '--check', '.'],
  lint: ['oxlint', '--type-aware', '--deny-warnings'],
  types: ['tsc', '-b', ...projects],
  'dead code': ['knip', '--no-progress'],
  registries: ['node', 'tools/index.ts', '--check'],
  reference: ['node', 'tools/docs.ts', '--check'],
  licences: ['node', 'tools/licences.ts'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

const env = { ...process.env, PATH: [`${root}node_modules/.bin`, process.env['PATH']].join(delimiter) };

async function judge(what: string, [command, ...args]: readonly [string, ...string[]]): Promise<boolean> {
  const startedAt = performance.now();
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${what} (${seconds} s)`);
  if (code !== 0) console.error(`${out}${err}`.trimEnd());
  return code === 0;
}

const verdicts = await Promise.all(Object.entries(judged).map(([what, command]) => judge(what, command)));
process.exitCode = verdicts.every(Boolean) ? 0 : 1;
