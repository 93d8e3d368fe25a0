/**
 * Runs a page of documentation in an empty folder and compares every command with what its page says. With
 * `RECOURSE_PAGES=write` what is not the same is written into the page instead, to be read and committed.
 */
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, test } from 'vitest';

import { readTree, root } from '../../tools/tree.ts';
import { blocksIn, withOutputs, type Block, type Command } from './page.ts';
import { asOnPage, sameOutput, type Bindings } from './same-output.ts';
import { openShell } from './shell.ts';

/** What a page may need beside Node.js and git, by the word behind ```console. */
export interface Needed {
  /** Why it cannot be had here. */
  readonly missing?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What this run calls something, and what every page calls it. */
  readonly names?: Readonly<Record<string, string>>;
}

/** What pages call the folder they are run in, and the one who runs them. */
const pageFolder = '/tmp/try';
const pageUser = 'ana';

export interface Running {
  /** @returns what is not as the page says, with the line */
  run(block: Block): Promise<string | undefined>;
  /** What commands printed instead, by their line. */
  readonly otherwise: ReadonlyMap<number, { readonly prints: readonly string[]; readonly exit: number }>;
  close(): Promise<void>;
}

/** A page about to be run: an empty folder, and a shell in which `recourse` is this project as it stands. */
export async function startPage(needs: Readonly<Record<string, Needed>> = {}): Promise<Running> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'recourse-page-')));
  const [folder, bin] = [join(home, 'w'), join(home, 'bin')];
  await Promise.all([folder, bin].map((path) => mkdir(path)));
  await writeFile(join(bin, 'recourse'), `#!/bin/sh\nexec '${process.execPath}' '${await product()}' "$@"\n`);
  await chmod(join(bin, 'recourse'), 0o755);
  const env = {
    PATH: [bin, dirname(process.execPath), process.env['PATH']].join(delimiter),
    HOME: home,
    LC_ALL: 'C',
    TZ: 'UTC',
    GIT_CONFIG_NOSYSTEM: '1',
    ...Object.assign({}, ...Object.values(needs).map((need) => need.env)),
  };
  const shell = openShell(folder, join(home, 'command'), env);
  const user = userInfo().username;
  const names: readonly (readonly [string, string])[] = [
    [folder, pageFolder],
    [`local:${user}`, `local:${pageUser}`],
    [`: ${user} cannot `, `: ${pageUser} cannot `],
    ...Object.values(needs).flatMap((need) => Object.entries(need.names ?? {})),
  ];
  const named = (text: string): string => names.reduce((so, [here, onPage]) => so.replaceAll(here, onPage), text);
  const otherwise = new Map<number, { prints: readonly string[]; exit: number }>();
  let bound: Bindings = new Map();

  const check = async (command: Command): Promise<string | undefined> => {
    const { output, exit } = await shell.run(command.types);
    const prints = named(output).split('\n');
    if (prints.at(-1) === '') prints.pop();
    const same = sameOutput(command.prints, prints, bound);
    if (same instanceof Map && exit === command.exit) {
      bound = same;
      return undefined;
    }
    otherwise.set(command.line, { prints: prints.map((line) => asOnPage(line, bound)), exit });
    const why = 'differs' in same ? same.differs : `it should exit with ${command.exit}, and exits with ${exit}`;
    return `line ${command.line}: ${command.types}\n${why}\n\n${prints.join('\n')}\n# exit ${exit}`;
  };
  return {
    async run(block) {
      if (block.kind === 'file') {
        await mkdir(dirname(join(folder, block.name)), { recursive: true });
        await writeFile(join(folder, block.name), block.text);
        return undefined;
      }
      const wrong = await inTurn(block.commands, check);
      return wrong.length > 0 ? wrong.join('\n\n') : undefined;
    },
    otherwise,
    async close() {
      shell.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** What people run, where it is as new as its sources (`npm test` builds it); else the sources themselves. */
async function product(): Promise<string> {
  const built = `${root}dist/recourse.js`;
  const age = async (path: string): Promise<number> => (await stat(path).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
  const sources = await Promise.all([...(await readTree('src/', /\.ts$/)).keys()].map((path) => age(root + path)));
  return (await age(built)) >= Math.max(...sources) ? built : `${root}src/recourse.ts`;
}

async function inTurn<T, Found>(
  [first, ...others]: readonly T[],
  look: (one: T) => Promise<Found | undefined>,
): Promise<readonly Found[]> {
  if (first === undefined) return [];
  const found = await look(first);
  return [...(found === undefined ? [] : [found]), ...(await inTurn(others, look))];
}

/** Registers one test for each block of a page. */
export async function pageIsTrue(path: string, needs: Readonly<Record<string, Needed>> = {}): Promise<void> {
  const page = await readFile(root + path, 'utf8');
  const isWriting = process.env['RECOURSE_PAGES'] === 'write';
  describe(path, () => {
    let running: Running;
    beforeAll(async () => {
      running = await startPage(needs);
    });
    afterAll(async () => {
      if (isWriting) await writeFile(root + path, withOutputs(page, running.otherwise));
      await running.close();
    });
    for (const block of blocksIn(page)) {
      const missing = block.kind === 'commands' && block.needs !== undefined ? needs[block.needs]?.missing : undefined;
      test(titleOf(block), { timeout: 300_000 }, async ({ expect, skip }) => {
        if (missing !== undefined) {
          if (process.env['RECOURSE_LIVE'] === 'require') expect.fail(`this must run here, and it cannot: ${missing}`);
          skip(missing);
        }
        const wrong = await running.run(block);
        if (!isWriting) expect(wrong).toBeUndefined();
      });
    }
  });
}

const titleOf = (block: Block): string =>
  block.kind === 'file'
    ? `line ${block.line}: ${block.name} is written`
    : `line ${block.line}: ${block.commands.map(({ types }) => types.split('\n', 1)[0]).join('; ')}`;
