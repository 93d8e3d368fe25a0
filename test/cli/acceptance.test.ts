/** What Recourse promised to show before anything else, line for line, on the built command line in an empty folder. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { openShell, type Shell, tightening } from './shell.ts';

vi.setConfig({ testTimeout: 60_000 });
let shell: Shell;
let A = '';
let B = '';
beforeAll(() => {
  shell = openShell();
  shell.file('f');
  shell.file('g');
  shell.file('mode.yaml', tightening('./f'));
  shell.file('g.yaml', tightening('./g'));
});
afterAll(() => shell.close());

const run = (line: string, env: NodeJS.ProcessEnv = {}) => shell.run(line, { A, B, ...env });
const effects = (name: string) =>
  readFileSync(String(shell.env['RECOURSE_EFFECT_LOG']), 'utf8')
    .split('\n')
    .filter((line) => line.includes(`${join(shell.folder, name)} `));

describe('one life of a change', () => {
  test('a dry run says the class, the call and its inverse, and writes nothing down', async () => {
    const { exit, out } = await run('recourse propose -f mode.yaml --dry-run');
    expect(exit).toBe(0);
    expect(out).toContain('fully-reversible');
    expect(out).toMatch(/call +linux\.set-file-mode .*\/f, mode 0600/);
    expect(out).toMatch(/undo +linux\.set-file-mode .*\/f, mode known after apply/);
    expect(JSON.parse((await run('recourse list --json')).out)).toEqual({ changes: [], next: null });
  });

  test('propose -q prints the id alone, and nothing runs before it is approved', async () => {
    const proposed = await run('recourse propose -f mode.yaml -q');
    expect(proposed.exit).toBe(0);
    expect(proposed.out).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}\n$/);
    A = proposed.out.trim();
    const ran = await run('recourse run $A');
    expect([ran.exit, shell.modeOf('f')]).toEqual([4, '644']);
    expect(ran.err).toContain('awaiting approval');
  });

  test('approved, it is applied and verified', async () => {
    expect((await run('recourse approve $A')).exit).toBe(0);
    const { exit, out } = await run('recourse run $A');
    expect([exit, shell.modeOf('f')]).toEqual([0, '600']);
    expect(out).toMatch(/status +applied/);
    expect(out).toContain('verified');
  });

  test('[R3.1] after an edit behind its back, recover names the file, shows all three states and touches nothing', async () => {
    const { exit, err } = await run('chmod 640 f; recourse recover $A');
    expect([exit, shell.modeOf('f')]).toEqual([4, '640']);
    expect(err).toContain('drifted');
    expect(err).toContain(join(shell.folder, 'f'));
    for (const mode of ['0644', '0600', '0640']) expect(err).toContain(mode);
  });

  test('put back as it was left, it is rolled back; asked again, nothing is done', async () => {
    const { exit } = await run('chmod 600 f; recourse recover $A');
    expect([exit, shell.modeOf('f')]).toEqual([0, '644']);
    const before = effects('f').length;
    const again = await run('recourse recover $A');
    expect(again.exit).toBe(0);
    expect(again.out).toContain('already rolled back');
    expect(effects('f')).toHaveLength(before);
  });

  test('killed after the effect and before its outcome is written, it goes on and the effect happened once', async () => {
    B = (await run('recourse propose -f g.yaml -q')).out.trim();
    await run('recourse approve $B');
    const killed = await run('RECOURSE_STOP_AFTER=apply recourse run $B');
    expect(killed.exit).not.toBe(0);
    expect(shell.modeOf('g')).toBe('600');
    const changedAt = statSync(join(shell.folder, 'g')).ctimeMs;
    expect((await run('recourse run $B')).exit).toBe(0);
    expect(statSync(join(shell.folder, 'g')).ctimeMs).toBe(changedAt);
    expect(effects('g')).toHaveLength(1);
    expect(JSON.parse((await run('recourse show $B --json')).out)).toMatchObject({ status: 'applied' });
  });

  test('[R3.1] another file under the same name is left alone', async () => {
    const { exit, err } = await run('mv g g.old; cp g.old g; recourse recover $B');
    expect([exit, shell.modeOf('g')]).toEqual([4, '600']);
    expect(err).toContain('another one is there now');
  });

  test('[R5.4] resolve wants a note, whatever the status', async () => {
    const { exit, err } = await run('recourse resolve $B --step 1');
    expect(exit).toBe(2);
    expect(err).toContain('A note is required');
  });

  test('the evidence verifies; any byte changed is found, with the fact or the seal', async () => {
    expect((await run('recourse evidence export $A -o e')).exit).toBe(0);
    const { exit, out } = await run('recourse evidence verify e');
    expect(exit).toBe(0);
    expect(out).toMatch(/valid: \d+ facts .* SHA256:[\w+/]{43}/);
    const evidence = readFileSync(join(shell.folder, 'e'));
    const lines = evidence.toString('latin1').split('\n');
    for (const [at, where] of [
      [10, 'fact 1'],
      [lines[0]!.length + 20, 'fact 2'],
      [evidence.length - 30, 'the seal'],
    ] as const) {
      const forged = Buffer.from(evidence);
      forged[at] = forged[at]! ^ 1;
      writeFileSync(join(shell.folder, 'forged'), forged);
      const verdict = await run('recourse evidence verify forged');
      expect([verdict.exit, verdict.out]).toEqual([6, expect.stringContaining(`broken at ${where}`)]);
    }
  });

  test('rebuild makes the lists anew, byte for byte', async () => {
    const { exit, out } = await run(
      'recourse list --json >before; recourse rebuild && recourse list --json >after; cmp before after && echo same',
    );
    expect([exit, out]).toEqual([0, expect.stringContaining('same')]);
    expect(readFileSync(join(shell.folder, 'before'), 'utf8')).toContain(A);
  });

  test('with --json a fault is one document on standard output', async () => {
    const { exit, out } = await run('recourse show nothing --json');
    expect(exit).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ fault: { code: 'not-found' } });
  });
});
