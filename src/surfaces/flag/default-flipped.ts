import type { Rule } from '../../model/surface.ts';
import type { FlagFile } from './flag-file.ts';
import { changedFlags } from './flag-pairs.ts';

const flag = (fallback: string): string =>
  `flags:\n  checkout:\n    state: ENABLED\n    variants: {on: true, off: false}\n    defaultVariant: ${fallback}\n`;

export const defaultFlipped: Rule<FlagFile> = {
  id: 'flag/default-flipped',
  problem:
    'Everybody gets another variant. Flipping it back is instant, but not what the code behind it has written meanwhile.',
  instead: 'Move a share of the users first, and keep what both variants write readable by both.',
  source: 'https://flagd.dev/reference/flag-definitions/#default-variant',
  examples: {
    matches: [{ before: flag('"off"'), after: flag('"on"') }],
    passes: [{ before: flag('"off"'), after: `${flag('"off"')}    metadata: {owner: shop}\n` }],
  },
  *find(change) {
    for (const { before, after } of changedFlags(change)) {
      if (before.fallback === after.fallback) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-compatibility-window',
        message: `${after.name}: ${before.fallback} → ${after.fallback} for everybody. Flipping it back is instant; what the new variant has written stays.`,
        instead: 'Flip it back while both variants still read what the other writes.',
        inverse: `${after.places.fallback === '' ? after.name : after.places.fallback}: ${before.fallback}`,
        closedBy: 'the new variant writes something that the old one cannot read',
        at: after.places.fallback === '' ? after.at() : after.at(after.places.fallback),
      };
    }
  },
};
