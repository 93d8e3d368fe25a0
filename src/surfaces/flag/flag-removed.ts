import type { Rule } from '../../model/surface.ts';
import type { FlagFile } from './flag-file.ts';
import { flagdFile, removedFlags } from './flag-pairs.ts';

export const flagRemoved: Rule<FlagFile> = {
  id: 'flag/flag-removed',
  problem:
    'A flag is gone. Code that still asks for it gets the default in its own code, and an older program that a rollback brings back asks for it.',
  instead: 'Remove the code first, and the flag only when no program that may come back asks for it.',
  source: 'https://openfeature.dev/specification/sections/flag-evaluation/',
  examples: {
    matches: [
      {
        before: flagdFile('{variants: {on: true, off: false}, defaultVariant: "on"}'),
        after: 'flags:\n  other: {variants: {a: 1, b: 2}, defaultVariant: a}\n',
      },
    ],
    passes: [flagdFile('{variants: {on: true, off: false}, defaultVariant: "on"}')],
  },
  *find(change) {
    const gone = removedFlags(change);
    const [first] = gone;
    if (!first) return;
    const names = gone.map(({ name, fallback }) => `${name} (was ${fallback})`);
    yield {
      class: 'fully-reversible',
      classAfterWrites: 'reversible-with-compatibility-window',
      message: `${names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${String(names.length - 3)} more` : names.join(', ')}: gone. A program that still asks, or comes back by a rollback, uses the default in its own code.`,
      instead: 'Keep it until no program that may come back asks for it.',
      probe: `search the code of every version that may come back for ${first.name}`,
      closedBy: 'an older program, which asks for it, is rolled back to',
      at: first.at(),
    };
  },
};
