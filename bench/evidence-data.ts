import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

import { exportFile } from '../src/evidence/export.ts';
import { link } from '../src/evidence/link.ts';
import { makeSigner } from '../src/evidence/signer.ts';
import type { ChangeId, Hash, Instant } from '../src/model/ids.ts';

const change = '01JDQ2W3E4R5T6Y7V8B9N0M1QA' as ChangeId;
const at = '2026-11-24T13:26:00.000Z' as Instant;
const entry = 1024;

/** So many records of one change, the same in every run; with its line end each is 1 KiB. */
export function records(count: number): readonly string[] {
  const chance = numbers(1);
  const texts: string[] = [];
  let head: { seq: number; hash: Hash } | null = null;
  while (texts.length < count) {
    const linked = (text: string) => link(head, { change, at, by: 'local:bench', fact: { v: 1, fact: 'noted', text } });
    const filling = entry - 1 - linked('').text.length;
    const { evidence, text } = linked(
      Array.from({ length: filling }, () => letters[chance() % letters.length]).join(''),
    );
    texts.push(text);
    head = evidence;
  }
  return texts;
}
const letters = 'abcdefghijklmnopqrstuvwxyz      ';

export const evidenceFile = (texts: readonly string[]): string => exportFile(texts, makeSigner(new Uint8Array(32)));

/** A repository with one commit, in which each of these texts is a file. */
export async function repositoryOf(texts: readonly string[], folder: string): Promise<void> {
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder], { env: gitEnvironment });
  const git = spawn('git', ['fast-import', '--quiet'], {
    cwd: folder,
    env: gitEnvironment,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  git.stdin.write('commit refs/heads/main\ncommitter Bench <bench@example.org> 1700000000 +0000\ndata 0\n');
  for (const [i, text] of texts.entries())
    if (!git.stdin.write(`M 100644 inline ${i % 256}/${i}\ndata ${Buffer.byteLength(text)}\n${text}\n`))
      await once(git.stdin, 'drain'); // oxlint-disable-line no-await-in-loop -- a pipe holds only so much
  git.stdin.end();
  const [code] = (await once(git, 'exit')) as [number];
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
}
export const gitEnvironment = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

/** Marsaglia's xorshift: the same numbers from the same seed. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
