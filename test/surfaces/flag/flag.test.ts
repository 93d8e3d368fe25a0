import { describe, expect, test } from 'vitest';

import { flag } from '#src/surfaces/flag/index.ts';

import { foundIn, rulesIn } from '../flux/found.ts';

const path = 'flags.yaml';
const flagd = (name: string, fallback: string, more = ''): string =>
  `flags:\n  ${name}:\n    state: ENABLED\n    variants: {"on": true, "off": false}\n    defaultVariant: "${fallback}"\n${more}`;

test('[L23.1] flipping a flag is undone at once, until what it wrote cannot be read any more', async () => {
  const { findings } = await foundIn(flag, [
    { path, before: flagd('checkout', 'off'), after: flagd('checkout', 'on') },
  ]);
  expect(findings).toMatchObject([
    {
      rule: 'flag/default-flipped',
      class: 'fully-reversible',
      classAfterWrites: 'reversible-with-compatibility-window',
      inverse: 'defaultVariant: off',
      at: { line: 5 },
    },
  ]);
});

test.for([
  [
    'an OpenFeature object',
    (on: string) =>
      `apiVersion: core.openfeature.dev/v1beta1\nkind: FeatureFlag\nspec:\n  flagSpec:\n    flags:\n      a: {variants: {x: 1, y: 2}, defaultVariant: ${on}}\n`,
    ['x', 'y'],
    6,
  ],
  [
    'GO Feature Flag',
    (on: string) => `a:\n  variations: {x: 1, y: 2}\n  defaultRule: {variation: ${on}}\n`,
    ['x', 'y'],
    3,
  ],
  ['a plain list', (on: string) => `b: true\na: ${on}\n`, ['true', 'false'], 2],
  [
    'JSON',
    (on: string) => JSON.stringify({ flags: { a: { variants: { x: 1, y: 2 }, defaultVariant: on } } }),
    ['x', 'y'],
    1,
  ],
  [
    'YAML in which `on` is true',
    (on: string) => `flags:\n  a:\n    variants: {on: true, off: false}\n    defaultVariant: ${on}\n`,
    ['off', 'on'],
    4,
  ],
] as const)('%s is read', async ([, file, [before, after], line]) => {
  const { findings } = await foundIn(flag, [{ path, before: file(before), after: file(after) }]);
  expect(findings.map((one) => [one.rule, one.at?.line])).toEqual([['flag/default-flipped', line]]);
});

describe('[L20.2] the four misuses', () => {
  test.for([
    ['flag/hides-infrastructure', 'use-new-database'],
    ['flag/bypasses-schema', 'skip_schema_validation'],
    ['flag/bypasses-policy', 'disableAdmissionPolicy'],
  ] as const)('%s: %s, when it is switched on', async ([rule, name]) => {
    expect(await rulesIn(flag, { path, before: flagd(name, 'off'), after: flagd(name, 'on') })).toEqual(
      ['flag/default-flipped', rule].toSorted(),
    );
    expect(await rulesIn(flag, { path, before: flagd(name, 'on'), after: flagd(name, 'off') })).toEqual([
      'flag/default-flipped',
    ]);
  });

  test('flag/dead: one that decides nothing, or that nobody has said the end of', async () => {
    const same = flagd('a', 'on').replace('false', 'true');
    expect(await rulesIn(flag, { path, before: flagd('a', 'on'), after: same })).toEqual([
      'flag/dead',
      'flag/variant-changed',
    ]);
    expect(await rulesIn(flag, { path, after: flagd('a', 'on') })).toEqual(['flag/dead']);
    expect(await rulesIn(flag, { path, after: flagd('a', 'on', '    metadata: {expires: "2030-01-01"}\n') })).toEqual(
      [],
    );
  });

  test('names that only sound alike are no misuse', async () => {
    for (const name of ['new-gateway', 'checkout-redesign', 'show-audit-log'])
      expect(await rulesIn(flag, { path, before: flagd(name, 'off'), after: flagd(name, 'on') })).toEqual([
        'flag/default-flipped',
      ]);
  });
});

test('a flag that is gone is asked for by the program that a rollback brings back', async () => {
  const { findings } = await foundIn(flag, [{ path, before: flagd('a', 'on'), after: 'flags: {}\n' }]);
  expect(findings).toMatchObject([
    { rule: 'flag/flag-removed', closedBy: expect.stringContaining('rolled back'), at: { line: 2 } },
  ]);
});

test('a name of a hundred thousand letters is read in no time', async () => {
  const name = `use-new-${'x'.repeat(100_000)}`;
  const start = process.cpuUsage();
  await rulesIn(flag, { path, before: flagd(name, 'off'), after: flagd(name, 'on') });
  expect(process.cpuUsage(start).user).toBeLessThan(3e6); // half a minute before
});
