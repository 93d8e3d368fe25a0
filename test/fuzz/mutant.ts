/** Input number so-and-so of a seed: an example of a rule, mutated; always the same one for the same numbers. */
import type { SourceFile } from '#src/model/artifact.ts';
import type { Example, Surface, SurfaceRegistry } from '#src/model/surface.ts';

import { chanceOf, type Chance } from '../crash/chance.ts';

/** What every grammar stumbles over: quotes, brackets, comments, anchors, control characters, other scripts. */
const morsels = [
  '',
  '\0',
  '\u{FFFD}',
  '\u202E',
  '\uFEFF',
  '\r',
  '\n',
  '\t',
  ' ',
  '"',
  "'",
  '`',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  ':',
  ';',
  ',',
  '-',
  '--',
  '---\n',
  '#',
  '/*',
  '*/',
  '$$',
  '${',
  '{{',
  '}}',
  '<<',
  '<<EOF\n',
  '&a ',
  '*a',
  '!!binary ',
  '!!',
  '|',
  '>',
  '? ',
  '%YAML 9.9\n',
  '\\',
  '\\u0000',
  '1e999',
  '-0',
  '99999999999999999999',
  'null',
  'true',
  'yes',
  'NaN',
  '__proto__',
  'constructor',
  'toString',
  '𝕬',
  'ß',
  '日本',
  '\ud800',
];

interface Seed {
  readonly path: string;
  readonly text: string;
}

/** Every example of every rule, under the path of its surface. */
export function seedsOf(surfaces: SurfaceRegistry): readonly Seed[] {
  const textsOf = (example: Example): readonly string[] =>
    typeof example === 'string' ? [example] : [example.before ?? [], example.after ?? []].flat();
  return (Object.values(surfaces) as readonly Surface<unknown>[]).flatMap(({ examplePath: path, rules }) =>
    rules.flatMap(({ examples }) =>
      [...examples.matches, ...examples.passes].flatMap(textsOf).map((text) => ({ path, text })),
    ),
  );
}

export function mutant(seeds: readonly Seed[], seed: number, index: number): SourceFile {
  const chance = chanceOf(seed * 2_654_435_761 + index);
  const pick = <T>(all: readonly T[]): T => all[chance.below(all.length)] as T;
  const one = pick(seeds);
  const mutated = (text: string): string => {
    let now = text;
    for (let i = chance.below(6) + 1; i > 0; i--) now = pick(mutations)(now, chance, pick(seeds).text);
    return now.length > longest ? now.slice(0, longest) : now;
  };
  const sides = chance.below(3);
  return {
    path: one.path,
    ...(sides !== 0 && { before: chance.below(2) === 0 ? one.text : mutated(one.text) }),
    after: mutated(one.text),
  };
}

/** Characters. */
const longest = 200_000;

type Mutation = (text: string, chance: Chance, other: string) => string;
const at = (text: string, chance: Chance): number => chance.below(text.length + 1);

const mutations: readonly Mutation[] = [
  (text, chance) => splice(text, at(text, chance), 0, morsels[chance.below(morsels.length)] ?? ''),
  (text, chance) => splice(text, at(text, chance), chance.below(12), ''),
  (text, chance) => splice(text, at(text, chance), 1, String.fromCodePoint(chance.below(0x250))),
  (text, chance) => text.slice(0, at(text, chance)),
  (text, chance) => {
    const from = at(text, chance);
    return splice(text, at(text, chance), 0, text.slice(from, from + chance.below(60)));
  },
  (text, chance, other) => text.slice(0, at(text, chance)) + other.slice(at(other, chance)),
  (text, chance) => {
    const lines = text.split('\n');
    lines.splice(
      chance.below(lines.length),
      1 + chance.below(2),
      ...(chance.below(2) === 0 ? [] : ['', lines[chance.below(lines.length)] ?? '']),
    );
    return lines.join('\n');
  },
  (text, chance) => text.replace(/\d+/, () => String(chance.below(2 ** 31))),
  (text, chance) => {
    const [open, close] = [
      ['(', ')'],
      ['[', ']'],
      ['{', '}'],
      ['"${', '}"'],
      ['$a$', '$a$'],
    ][chance.below(5)] as [string, string];
    const deep = chance.below(40) === 0 ? 5000 : chance.below(30);
    return splice(text, at(text, chance), 0, open.repeat(deep) + close.repeat(chance.below(2) === 0 ? deep : 0));
  },
  (text, chance) =>
    chance.below(60) === 0 ? splice(text, at(text, chance), 0, 'x'.repeat(100_000)) : text.toUpperCase(),
  (text, chance) => (chance.below(80) === 0 ? `${text}\n`.repeat(50) : `${text}\n---\n${text}`),
];

const splice = (text: string, start: number, count: number, more: string): string =>
  text.slice(0, start) + more + text.slice(start + count);
