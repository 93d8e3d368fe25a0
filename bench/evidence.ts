/**
 * `node bench/evidence.ts`: verifying evidence, beside a bare loop that chains SHA-256 over the same lines, and beside
 * `git fsck --full` of as many blobs with the same bytes. Everything is warm: files are in the page cache.
 */
import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { nodePrimitives } from '../src/evidence/node-primitives.ts';
import { verify } from '../src/evidence/verify.ts';
import { bundle } from './bundle.ts';
import { evidenceFile, gitEnvironment, numbers, records, repositoryOf } from './evidence-data.ts';
import { command, goal, inRounds, median, print, ratios, timed } from './round.ts';

const sizes = [1000, 10_000, 100_000] as const;
const [small, middle, large] = sizes;

/** The floor: every line under the hash of the one before, and nothing is compared. */
function bareChain(file: Buffer): number {
  const own = Buffer.alloc(64 * 1024);
  let digest = '0'.repeat(64);
  let lines = 0;
  let start = 0;
  for (let end = file.indexOf(10); end >= 0; end = file.indexOf(10, start)) {
    own.write(digest, 'latin1');
    file.copy(own, 64, start, end);
    digest = hash('sha256', own.subarray(0, 64 + end - start), 'hex');
    lines++;
    start = end + 1;
  }
  return lines;
}

async function verified(file: Parameters<typeof verify>[0], facts: number): Promise<void> {
  const verdict = await verify(file, nodePrimitives);
  if (!verdict.valid || verdict.facts !== facts) throw new Error(`not verified: ${JSON.stringify(verdict)}`);
}

async function bench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-bench-'));
  try {
    const texts = records(large);
    const paths = sizes.map((size) => join(folder, `${size}.jsonl`));
    const [ofSmall = '', ofMiddle = '', ofLarge = ''] = paths;
    for (const [i, path] of paths.entries()) await writeFile(path, evidenceFile(texts.slice(0, sizes[i]))); // oxlint-disable-line no-await-in-loop
    const repository = join(folder, 'repository.git');
    await repositoryOf(texts, repository);
    requireSameWork(repository);
    console.log(versions());

    console.log(`\nin one process, ${large} entries of 1 KiB`);
    const file = await readFile(ofLarge);
    const inProcess = await inRounds({
      'bare chain loop': () => timed(() => requireLines(bareChain(file), large + 1)),
      verify: () => timed(() => verified(file, large)),
    });
    print(inProcess);

    console.log('\nthe same by size');
    const files = await Promise.all([readFile(ofSmall), readFile(ofMiddle)]);
    const bySize = await inRounds({
      [small]: () => timed(() => verified(files[0], small)),
      [middle]: () => timed(() => verified(files[1], middle)),
      [large]: () => timed(() => verified(file, large)),
    });
    print(bySize);
    const tenfold = ratios(bySize[large] ?? [], bySize[middle] ?? []);
    const exponents = [ratios(bySize[middle] ?? [], bySize[small] ?? []), tenfold].map((of) =>
      Math.log10(median(of)).toFixed(2),
    );
    console.log(`  exponents ${exponents.join(', ')}`);

    console.log('\nwhole processes');
    const program = await bundle(join(import.meta.dirname, 'evidence-process.ts'), folder);
    const child = (path: string, facts: number) => () => command([process.execPath, program, path, String(facts)]);
    const processes = await inRounds({
      [`verify ${middle}`]: child(ofMiddle, middle),
      [`verify ${large}`]: child(ofLarge, large),
      'git fsck --full': () => command(['git', 'fsck', '--full'], { cwd: repository, env: gitEnvironment }),
    });
    print(processes);

    console.log('');
    await requireFlipsFound(files[1]);
    const ofChild = processes[`verify ${large}`] ?? [];
    goal('verify beside the bare chain loop', ratios(inProcess.verify, inProcess['bare chain loop']), { atMost: 1.25 });
    goal('git fsck beside verify', ratios(processes['git fsck --full'] ?? [], ofChild), { atLeast: 2.5 });
    goal(`${large / middle} × entries, × time`, tenfold, { atMost: 10.5 });
    const peaks = ofChild.flatMap(({ peak }) => peak ?? []);
    if (peaks.length > 0) goal(`peak of verify at ${large} entries, MiB`, peaks, { atMost: 96 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Both sides have as many entries. */
function requireSameWork(repository: string): void {
  const counted = execFileSync('git', ['count-objects', '-v'], {
    cwd: repository,
    env: gitEnvironment,
    encoding: 'utf8',
  });
  const objects = Number(/in-pack: (\d+)/.exec(counted)?.[1]);
  if (!(objects >= large)) throw new Error(`the repository has ${objects} objects`);
}

function requireLines(lines: number, expected: number): void {
  if (lines !== expected) throw new Error(`${lines} lines were read`);
}

/** A byte changed anywhere is found at its entry. */
async function requireFlipsFound(file: Buffer): Promise<void> {
  const chance = numbers(2);
  for (let i = 0; i < 20; i++) {
    const place = chance() % (middle * 1024);
    const damaged = Buffer.from(file);
    damaged[place] = (damaged[place] ?? 0) ^ (1 << (chance() % 8));
    const verdict = await verify(damaged, nodePrimitives); // oxlint-disable-line no-await-in-loop
    const entry = Math.floor(place / 1024) + 1;
    if (verdict.valid || verdict.at !== entry) throw new Error(`byte ${place}: ${JSON.stringify(verdict)}`);
  }
  console.log('one byte changed, 20 times: found at its entry');
}

const versions = (): string =>
  `Node ${process.versions.node}, OpenSSL ${process.versions.openssl}, ${execFileSync('git', ['--version'], { encoding: 'utf8' }).trim()}`;

await bench();
