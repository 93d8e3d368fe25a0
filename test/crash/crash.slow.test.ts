import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import type { ChangeId } from '#src/model/ids.ts';
import type { State } from '#src/model/state.ts';

import { chanceOf } from './chance.ts';
import { doubledIn, effectsIn, lostCalls, lostRecords, recordedCalls, wrongFiles } from './observer.ts';
import { planChange } from './planned.ts';

/** Runs the campaign; answers what it printed and its exit code. */
const campaign = (...args: readonly string[]): Promise<{ readonly out: string; readonly code: number }> =>
  new Promise((resolve) => {
    const file = fileURLToPath(new URL('crash.ts', import.meta.url));
    execFile(process.execPath, [file, '--embedded', ...args], (error, out, err) =>
      resolve({ out: out + err, code: Number(error?.code ?? 0) }),
    );
  });

describe('a campaign', () => {
  test('of a few kills loses nothing, doubles nothing, and ends where it must', { timeout: 180_000 }, async () => {
    const { out, code } = await campaign('--kills', '4', '--seed', '20');
    expect(out).toMatch(/^lost 0, doubled 0, wrong end 0$/m);
    expect(out).toMatch(/^ {2}4 kills in /m);
    expect(code).toBe(0);
  });

  test('finds out an engine that acts again without a look', { timeout: 180_000 }, async () => {
    const { out, code } = await campaign('--kills', '2', '--seed', '9', '--points', 'apply', '--blind');
    expect(out).toMatch(/^lost 0, doubled [1-9]\d*, wrong end 0$/m);
    expect(code).toBe(1);
  });
});

const effects = (...lines: readonly string[]) =>
  effectsIn(lines.map((line) => `2026-01-01T00:00:00.000Z ${line}\n`).join(''));

describe('the observer', () => {
  test('sees an effect that was there already', () => {
    expect(doubledIn(effects('7 chmod /f was=0644 to=0600', '8 chmod /f was=0600 to=0600'), new Set([7]))).toEqual([
      'chmod /f to 0600, which it was already',
    ]);
  });

  test('sees an effect that two processes made at once, and knows a note whose writer died over it', () => {
    const noted = effects('7 chmod /f was=0644 to=0600', '8 chmod /f was=0644 to=0600');
    expect(doubledIn(noted, new Set())).toEqual(['chmod /f from 0644 to 0600, twice']);
    expect(doubledIn(noted, new Set([7]))).toEqual([]);
  });

  test('there and back and there again is not double', () => {
    const noted = effects('7 chmod /f was=0644 to=0600', '7 chmod /f was=0600 to=0644', '7 chmod /f was=0644 to=0600');
    expect(doubledIn(noted, new Set())).toEqual([]);
  });

  test('misses an effect that is on record', () => {
    const recorded = new Map([['/f', ['chmod 0600', 'chmod 0644']]]);
    const there = effects('7 chmod /f was=0644 to=0600');
    expect(lostCalls(recorded, there)).toEqual(['/f: chmod 0644 is on record, and its effect was never made']);
    expect(lostCalls(recorded, [...there, ...effects('7 chmod /f was=0600 to=0644')])).toEqual([]);
  });

  test('reads from the record what was applied, and nothing else', () => {
    const step = (operation: string, params: object, status = 'applied') => ({
      step: { does: { operation } },
      params,
      status,
    });
    const state = {
      steps: [
        step('linux.set-file-mode', { path: '/a', mode: '0600' }),
        step('linux.put-file', { path: '/b', content: 'new' }),
        step('linux.put-file', { path: '/b', content: null }),
        step('linux.put-file', { path: '/c', content: 'never' }, 'failed'),
      ],
    } as unknown as State;
    expect([...recordedCalls([state])]).toEqual([
      ['/a', ['chmod 0600']],
      ['/b', ['put', 'remove']],
    ]);
  });

  test('misses a record that was confirmed', () => {
    const hashOf = (change: ChangeId, seq: number) => (change === 'A' && seq === 1 ? 'h1' : undefined);
    expect(lostRecords('A 1 h1\n', hashOf)).toEqual([]);
    expect(lostRecords('A 1 h1\nA 2 h2\n', hashOf)).toEqual(['record 2 of A was confirmed, and is gone']);
  });

  test('a line that it cannot read is an error, not a line less', () => {
    expect(() => effectsIn('gibberish\n')).toThrow('gibberish');
  });

  test('sees files that are not where their change ends, and what was left beside them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'recourse-crash-'));
    try {
      const planned = await planChange({
        folder,
        name: 'one',
        chance: chanceOf(1),
        life: 'undone',
        deadline: 3,
        isPlain: true,
      });
      expect(await wrongFiles(planned)).toEqual([]);
      expect(await wrongFiles({ ...planned, end: 'applied' })).not.toEqual([]);
      const [first] = planned.files;
      await writeFile(String(first?.path), 'edited\n');
      expect(await wrongFiles(planned)).toHaveLength(1);
      await writeFile(join(folder, 'one', '.recourse-0123'), '');
      expect(await wrongFiles(planned)).toHaveLength(2);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
