import { describe, expect, test } from 'vitest';

import { artifact } from '#src/surfaces/artifact/index.ts';

import { foundIn, rulesIn } from '../flux/found.ts';

describe('[N6] a registry keeps less', () => {
  const ecr = (...counts: readonly number[]): string =>
    JSON.stringify({
      rules: counts.map((countNumber, index) => ({
        rulePriority: index + 1,
        selection: {
          tagStatus: 'tagged',
          tagPrefixList: [`v${String(index)}`],
          countType: 'imageCountMoreThan',
          countNumber,
        },
        action: { type: 'expire' },
      })),
    });

  test('a lower count closes a window within a day, and then nothing brings the images back', async () => {
    const { findings } = await foundIn(artifact, [{ path: 'ecr.json', before: ecr(100, 50), after: ecr(100, 5) }]);
    expect(findings).toMatchObject([
      {
        rule: 'artifact/retention-shortened',
        class: 'reversible-with-compatibility-window',
        classAfterWrites: 'non-recoverable-without-restore',
        closedBy: expect.stringContaining('within a day'),
      },
    ]);
    expect(findings[0]?.message).toContain('5 images');
  });

  test('a rule more keeps less, a higher count and a rule less keep more', async () => {
    expect(await rulesIn(artifact, { path: 'ecr.json', before: ecr(100), after: ecr(100, 10) })).toEqual([
      'artifact/retention-shortened',
    ]);
    expect(await rulesIn(artifact, { path: 'ecr.json', before: ecr(100, 10), after: ecr(100) })).toEqual([]);
    expect(await rulesIn(artifact, { path: 'ecr.json', before: ecr(10), after: ecr(100) })).toEqual([]);
  });

  test('units are compared, and a keep rule that goes protects no longer', async () => {
    const gar = (...policies: readonly object[]): string => JSON.stringify(policies);
    const old = (olderThan: string) => ({ name: 'old', action: { type: 'Delete' }, condition: { olderThan } });
    const keep = { name: 'keep', action: { type: 'Keep' }, mostRecentVersions: { keepCount: 50 } };
    expect(
      await rulesIn(artifact, { path: 'gar.json', before: gar(old('30d'), keep), after: gar(old('720h'), keep) }),
    ).toEqual([]);
    expect(
      await rulesIn(artifact, { path: 'gar.json', before: gar(old('30d'), keep), after: gar(old('30d')) }),
    ).toEqual(['artifact/retention-shortened']);
  });
});

describe('lock files', () => {
  test.for([
    [
      'package-lock.json',
      (hash: string) => `{"packages": {\n"node_modules/a": {"version": "1.0.0", "integrity": "sha512-${hash}"}\n}}`,
      2,
    ],
    ['go.sum', (hash: string) => `example.com/b v1.0.0 h1:same=\nexample.com/a v1.0.0 h1:${hash}\n`, 2],
    ['Cargo.lock', (hash: string) => `[[package]]\nname = "a"\nversion = "1.0.0"\nchecksum = "${hash}"\n`, 2],
    ['yarn.lock', (hash: string) => `\na@^1.0.0:\n  version "1.0.0"\n  resolved "x"\n  integrity sha512-${hash}\n`, 2],
    ['pnpm-lock.yaml', (hash: string) => `packages:\n  a@1.0.0:\n    resolution: {integrity: sha512-${hash}}\n`, 2],
  ] as const)('%s: another content under the same version is found at its line', async ([path, lock, line]) => {
    const { findings } = await foundIn(artifact, [{ path, before: lock('x'), after: lock('y') }]);
    expect(findings).toMatchObject([{ rule: 'artifact/republished', at: { line } }]);
    expect(findings[0]?.message).toContain('a@');
  });

  test('another way to count is no other content', async () => {
    const lock = (hash: string): string =>
      `{"packages": {"node_modules/a": {"version": "1.0.0", "integrity": "${hash}"}}}`;
    expect(
      await rulesIn(artifact, { path: 'package-lock.json', before: lock('sha1-x'), after: lock('sha512-x') }),
    ).toEqual([]);
  });
});

describe('[L33.2] what can be read of how artifacts come about', () => {
  test('an action at a tag, told once for all of a file, and not again when it stays', async () => {
    const job = (...uses: readonly string[]): string =>
      `jobs:\n  a:\n    steps:\n${uses.map((one) => `    - uses: ${one}\n`).join('')}`;
    const path = '.github/workflows/a.yaml';
    const { findings } = await foundIn(artifact, [
      { path, before: job('x/a@v1'), after: job('x/a@v1', 'x/b@v2', 'x/c@main') },
    ]);
    expect(findings).toMatchObject([{ rule: 'artifact/action-not-pinned', at: { line: 5 } }]);
    expect(findings[0]?.class).toBeUndefined();
    expect(findings[0]?.message).not.toContain('x/a');
  });

  test('a branch that may be rewritten', async () => {
    const settings = (value: boolean): string =>
      `branches:\n- name: main\n  protection: {allow_force_pushes: ${String(value)}}\n`;
    expect(
      await rulesIn(artifact, { path: '.github/settings.yml', before: settings(false), after: settings(true) }),
    ).toEqual(['artifact/force-push-allowed']);
    expect(
      await rulesIn(artifact, { path: '.github/settings.yml', before: settings(true), after: settings(false) }),
    ).toEqual([]);
  });
});
