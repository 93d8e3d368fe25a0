/** Generates a bare repository with a long history, the same one every time. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

export interface Size {
  readonly files: number;
  readonly commits: number;
}

const linesPerFile = 20;

/**
 * Every commit changes a line in three files. `reverts` commits, spread over the history, change files that nobody
 * else touches, except that the next commit edits one of them: far from the same line, or (every fifth time) at it.
 * @returns the ids of these commits, oldest first
 */
export async function generateRepository(
  path: string,
  { files, commits }: Size,
  reverts: number,
): Promise<readonly string[]> {
  await once(spawn('git', ['init', '--quiet', '--bare', '-b', 'main', path], { stdio: 'inherit' }), 'close');
  const marks = `${path}/marks`;
  const args = [`--git-dir=${path}`, 'fast-import', '--quiet', '--done', `--export-marks=${marks}`];
  const child = spawn('git', args, { stdio: ['pipe', 'inherit', 'inherit'] });
  for (const part of history(files, commits, chosenOf(commits, reverts)))
    if (!child.stdin.write(part)) await once(child.stdin, 'drain'); // oxlint-disable-line no-await-in-loop -- a stream
  child.stdin.end('done\n');
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
  const ids = new Map((await readFile(marks, 'utf8')).split('\n').map((line) => line.split(' ') as [string, string]));
  return chosenOf(commits, reverts).map((number) => ids.get(`:${number}`) ?? '');
}

const chosenOf = (commits: number, reverts: number): readonly number[] =>
  Array.from({ length: reverts }, (_, i) => Math.floor(((i + 0.5) * commits) / reverts) + 2);

function* history(files: number, commits: number, chosen: readonly number[]): Generator<string> {
  const edited = new Map<number, Map<number, number>>();
  const random = chance(7);
  yield commitNumber(1);
  for (let file = 0; file < files; file += 1) yield entry(file, edited);
  for (let number = 2; number <= commits; number += 1) {
    const touched = editsOf(number, chosen, () => [
      chosen.length * 3 + random(files - chosen.length * 3),
      random(linesPerFile),
    ]);
    for (const [file, line] of touched) edited.set(file, new Map([...(edited.get(file) ?? []), [line, number]]));
    yield commitNumber(number);
    for (const [file] of touched) yield entry(file, edited);
  }
}

type Edit = readonly [file: number, line: number];

function editsOf(number: number, chosen: readonly number[], anywhere: () => Edit): readonly Edit[] {
  const [mine, last] = [chosen.indexOf(number), chosen.indexOf(number - 1)];
  if (mine >= 0) return [0, 1, 2].map((i) => [mine * 3 + i, 3]);
  return [anywhere(), anywhere(), last < 0 ? anywhere() : [last * 3, last % 5 === 4 ? 3 : 15]];
}

const commitNumber = (number: number): string => {
  const by = `Ann Other <ann@example.org> ${1_600_000_000 + number * 60} +0000`;
  const message = `commit ${number}`;
  const from = number === 1 ? '' : `from :${number - 1}\n`;
  return `commit refs/heads/main\nmark :${number}\nauthor ${by}\ncommitter ${by}\ndata ${message.length}\n${message}\n${from}`;
};

function entry(file: number, edited: ReadonlyMap<number, ReadonlyMap<number, number>>): string {
  const lines = Array.from(
    { length: linesPerFile },
    (_, i) => `line ${i} of file ${file}: ${edited.get(file)?.get(i) ?? 1}\n`,
  );
  const text = lines.join('');
  return `M 100644 inline area${file % 50}/part${Math.floor(file / 50) % 50}/file${file}.yaml\ndata ${text.length}\n${text}\n`;
}

/** Numbers below a limit, the same in every run (Lehmer's generator). */
function chance(seed: number): (below: number) => number {
  let last = seed;
  return (below) => {
    last = (last * 48_271) % 2_147_483_647;
    return last % below;
  };
}
