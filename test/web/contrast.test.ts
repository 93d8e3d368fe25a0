import { readFile } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';

type Scheme = 'light' | 'dark';
const css = await readFile(new URL('../../web/theme.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

const colour = (name: string, scheme: Scheme): string => {
  const found = tokens.get(name)?.[scheme];
  if (found === undefined) throw new Error(`theme.css has no --${name}`);
  return found;
};

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['canvas', 'surface', 'sunken', 'accent-soft'];
/** The worst over every ground that the colour stands on. */
const worst = (name: string, scheme: Scheme): number =>
  Math.min(
    ...[...grounds, ...(tokens.has(`${name}-bg`) ? [`${name}-bg`] : [])].map((ground) =>
      contrast(colour(name, scheme), colour(ground, scheme)),
    ),
  );

/** What the design promises at least. */
const promised: Readonly<Record<string, Readonly<Record<Scheme, number>>>> = {
  text: { light: 15.2, dark: 11.9 },
  text2: { light: 7.3, dark: 7.8 },
  text3: { light: 4.8, dark: 5.1 },
  accent: { light: 5.8, dark: 6.6 },
  green: { light: 5.2, dark: 7 },
  teal: { light: 5.3, dark: 6.9 },
  ochre: { light: 5.5, dark: 7.1 },
  violet: { light: 5.9, dark: 6.4 },
  magenta: { light: 5.8, dark: 6.5 },
  brick: { light: 5.5, dark: 6.6 },
  blue: { light: 5.8, dark: 6.6 },
  slate: { light: 6.3, dark: 7.1 },
};
const rounding = 0.05;

describe.each(['light', 'dark'] as const)('colours, %s', (scheme) => {
  test.each(Object.keys(promised))('%s can be read on every ground', (name) => {
    expect(worst(name, scheme)).toBeGreaterThanOrEqual((promised[name]?.[scheme] ?? 0) - rounding);
  });

  test('words on the one button can be read, also when it is pressed', () => {
    for (const ground of ['accent-solid', 'accent-press'])
      expect(contrast(colour('on-accent', scheme), colour(ground, scheme))).toBeGreaterThanOrEqual(4.5);
  });

  test('the border of an input is seen', () => {
    expect(contrast(colour('control', scheme), colour('surface', scheme))).toBeGreaterThanOrEqual(3);
  });

  test('the cut-out of a mark is seen on its colour', () => {
    for (const name of ['green', 'ochre', 'magenta', 'brick'])
      expect(contrast(colour('mark-ink', scheme), colour(name, scheme))).toBeGreaterThanOrEqual(3);
  });
});

test('the parts that Mantine paints by itself are these colours', async () => {
  const theme = await readFile(new URL('../../web/theme.ts', import.meta.url), 'utf8');
  for (const name of ['accent-solid', 'brick'])
    for (const scheme of ['light', 'dark'] as const) expect(theme).toContain(colour(name, scheme));
});
