/**
 * `node bench/git-revert.ts`: taking a commit back, ours beside the two bare git processes it rests on and beside
 * `git revert --no-commit` in a clone; ten commits spread over the history, on generated repositories. It fails when
 * the three do not give the same trees and conflicts, or when the work tree of the remote is touched.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';

import type { GitClient } from '../src/systems/git-client.ts';
import { git } from '../src/systems/git.ts';
import { generateRepository } from './git-repository.ts';
import type { Size } from './git-repository.ts';
import { goal, inRounds, median, ratios } from './round.ts';
import type { Contestant, Measured } from './round.ts';

const run = promisify(execFile);
const reverts = 10;
const plain = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'Ann Other'],
      [`GIT_${who}_EMAIL`, 'ann@example.org'],
    ]),
  ),
};

/** A remote with a work tree, and our connection to it. */
interface Place {
  readonly clone: string;
  readonly client: GitClient;
  readonly head: string;
  readonly chosen: readonly string[];
}
/** The tree without a commit, or `conflict`; and what was done is cleaned up by the second call, off the clock. */
type Way = (place: Place, commit: string) => Promise<{ readonly tree: string; readonly after?: () => Promise<string> }>;

const ours: Way = async ({ client, head }, id) => {
  const { signal } = new AbortController();
  const commit = await client.commit(id, signal);
  const { tree, conflicts } = await client.without(commit, commit.parents[0] ?? '', head, signal);
  return { tree: conflicts.length > 0 ? 'conflict' : tree };
};

const bareMergeTree: Way = async ({ client, head }, id) => {
  const options = { env: { ...plain, GIT_DIR: client.repository.folder } };
  const made = await run('git', ['commit-tree', `${id}^^{tree}`, '-p', id, '-m', 'x'], options);
  return { tree: await orConflict(run('git', ['merge-tree', '--write-tree', head, made.stdout.trim()], options)) };
};

const gitRevert =
  (cleansUp: boolean): Way =>
  async ({ clone }, id) => {
    const options = { env: plain, cwd: clone };
    const cleanUp = () => run('git', ['reset', '--quiet', '--hard'], options);
    const tree = await orConflict(run('git', ['revert', '--no-commit', id], options));
    if (cleansUp) await cleanUp();
    const after = async () => {
      const written =
        cleansUp || tree === 'conflict' ? tree : (await run('git', ['write-tree'], options)).stdout.trim();
      await cleanUp();
      return written;
    };
    return { tree, after };
  };

const orConflict = (call: Promise<{ readonly stdout: string }>): Promise<string> =>
  call.then(
    ({ stdout }) => stdout.trim(),
    (error: { readonly code?: unknown }) => {
      if (error.code === 1) return 'conflict';
      throw error;
    },
  );

/** All ten, one after the other; `trees` gets what came out. */
const contestant =
  (place: Place, way: Way, trees: string[] = []): Contestant =>
  async () => {
    trees.length = 0;
    let wall = 0;
    const cpu = process.cpuUsage();
    for (const commit of place.chosen) {
      /* oxlint-disable no-await-in-loop -- one at a time */
      const start = performance.now();
      const { tree, after } = await way(place, commit);
      wall += (performance.now() - start) / 1000;
      trees.push(after ? await after() : tree);
      /* oxlint-enable no-await-in-loop */
    }
    return { wall, cpu: process.cpuUsage(cpu).user / 1e6 };
  };

async function prepare(folder: string, size: Size): Promise<Place> {
  const path = join(folder, `${size.files}-${size.commits}`);
  const chosen = await generateRepository(`${path}.git`, size, reverts);
  await run('git', ['clone', '--quiet', `${path}.git`, path], { env: plain });
  const client = await git.connect({ remote: path, cache: join(folder, 'cache') }, async () => '');
  return { clone: path, client, head: await client.head('main', new AbortController().signal), chosen };
}

/** What our reverts must leave as it is: the index with its times, and that no file differs from it. */
async function workTree({ clone }: Place): Promise<string> {
  const status = await run('git', ['--no-optional-locks', 'status', '--porcelain'], { env: plain, cwd: clone });
  const index = await readFile(join(clone, '.git/index'));
  return createHash('sha256').update(index).update(status.stdout).digest('hex');
}

function print(measures: Readonly<Record<string, readonly Measured[]>>): void {
  for (const [name, all] of Object.entries(measures)) {
    const ms = all.map(({ wall }) => (wall * 1000) / reverts);
    const [least, most] = [Math.min(...ms), Math.max(...ms)].map((each) => each.toFixed(1));
    console.log(`  ${name.padEnd(24)} ${median(ms).toFixed(1)} ms a revert (${least}..${most})`);
  }
}

async function growth(folder: string): Promise<void> {
  const small = await prepare(folder, { files: 5000, commits: 500 });
  const moreFiles = await prepare(folder, { files: 50_000, commits: 500 });
  const moreCommits = await prepare(folder, { files: 5000, commits: 5000 });
  const measures = await inRounds({
    '5,000 files, 500 commits': contestant(small, ours),
    '50,000 files': contestant(moreFiles, ours),
    '5,000 commits': contestant(moreCommits, ours),
  });
  print(measures);
  const base = measures['5,000 files, 500 commits'];
  goal('10 × files', ratios(measures['50,000 files'], base), { atMost: 2 });
  goal('10 × commits', ratios(measures['5,000 commits'], base), { atMost: 1.2 });
  await Promise.all([small, moreFiles, moreCommits].map(async ({ client }) => git.close?.(client)));
}

async function sideBySide(folder: string): Promise<void> {
  const place = await prepare(folder, { files: 50_000, commits: 5000 });
  const untouched = await workTree(place);
  const trees = { ours: [] as string[], bare: [] as string[], revert: [] as string[] };
  await contestant(place, ours)();
  if ((await workTree(place)) !== untouched) throw new Error('the work tree of the remote was touched');

  const measures = await inRounds({
    ours: contestant(place, ours, trees.ours),
    'bare merge-tree': contestant(place, bareMergeTree, trees.bare),
    'git revert --no-commit': contestant(place, gitRevert(false), trees.revert),
    'and git reset --hard': contestant(place, gitRevert(true)),
  });
  print(measures);
  if (!isDeepStrictEqual(trees.ours, trees.bare) || !isDeepStrictEqual(trees.ours, trees.revert))
    throw new Error(`not the same trees: ${JSON.stringify(trees)}`);
  const conflicts = trees.ours.filter((tree) => tree === 'conflict').length;
  console.log(`  the same ${reverts - conflicts} trees and ${conflicts} conflicts each way, the work tree untouched`);
  goal('ours / bare merge-tree', ratios(measures.ours, measures['bare merge-tree']), { atMost: 1.15 });
  goal('ours / git revert', ratios(measures.ours, measures['git revert --no-commit']), { atMost: 1 / 4 });
  goal('ours / git revert, cleaned up', ratios(measures.ours, measures['and git reset --hard']), { atMost: 1 / 10 });
  await git.close?.(place.client);
}

const folder = await mkdtemp(join(tmpdir(), 'recourse-bench-'));
try {
  console.log('50,000 files, 5,000 commits');
  await sideBySide(folder);
  console.log('\nours, by size');
  await growth(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
