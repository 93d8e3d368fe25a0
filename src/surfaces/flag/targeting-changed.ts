import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import type { FlagFile } from './flag-file.ts';
import { changedFlags, flagdFile } from './flag-pairs.ts';

export const targetingChanged: Rule<FlagFile> = {
  id: 'flag/targeting-changed',
  problem:
    'Other users get a variant. Going back is instant for new requests; users who were moved have seen, and perhaps written, with the other one.',
  instead: 'Widen by shares, and watch one share before the next.',
  source: 'https://flagd.dev/reference/flag-definitions/#targeting-rules',
  examples: {
    matches: [
      {
        before: flagdFile('{variants: {a: 1, b: 2}, defaultVariant: a}'),
        after: flagdFile('{variants: {a: 1, b: 2}, defaultVariant: a, targeting: {if: [true, b]}}'),
      },
    ],
    passes: [
      {
        before: flagdFile('{variants: {a: 1, b: 2}, defaultVariant: a, targeting: {}}'),
        after: flagdFile('{variants: {a: 1, b: 2}, defaultVariant: a}'),
      },
    ],
  },
  *find(change) {
    for (const { before, after } of changedFlags(change)) {
      if (isSame(before.targeting, after.targeting)) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-compatibility-window',
        message: `${after.name}: other users get another variant than before. Going back is instant; what they wrote with it stays.`,
        instead: 'Go back while both variants read what the other writes.',
        closedBy: 'a moved user writes something that the old variant cannot read',
        at: after.at(after.places.targeting),
      };
    }
  },
};
