import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import type { FlagFile } from './flag-file.ts';
import { changedFlags, flagdFile } from './flag-pairs.ts';

export const variantChanged: Rule<FlagFile> = {
  id: 'flag/variant-changed',
  problem:
    'A variant is gone or means something else. Rules and programs that name it get nothing, or a value of another type, and use the default in the code.',
  instead: 'Add a variant beside the old one, and move the users.',
  source: 'https://flagd.dev/reference/flag-definitions/#variants',
  examples: {
    matches: [
      {
        before: flagdFile('{variants: {a: 1, b: 2}, defaultVariant: a}'),
        after: flagdFile('{variants: {a: 1}, defaultVariant: a}'),
      },
      {
        before: flagdFile('{variants: {a: 1}, defaultVariant: a}'),
        after: flagdFile('{variants: {a: "1"}, defaultVariant: a}'),
      },
    ],
    passes: [
      {
        before: flagdFile('{variants: {a: 1}, defaultVariant: a}'),
        after: flagdFile('{variants: {a: 1, b: 2}, defaultVariant: a}'),
      },
    ],
  },
  *find(change) {
    for (const { before, after } of changedFlags(change)) {
      const changed = Object.entries(before.variants).flatMap(([name, value]) => {
        const now = after.variants[name];
        if (now === undefined) return [`${name} is gone`];
        if (typeof now !== typeof value) return [`${name} has another type`];
        return isSame(now, value) ? [] : [`${name} has another value`];
      });
      const [first] = changed;
      if (first === undefined) continue;
      const isBroken = changed.some((one) => !one.endsWith('value'));
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-compatibility-window',
        message: `${after.name}: variant ${changed.slice(0, 3).join(', ')}. ${isBroken ? 'Who asks for it gets the default in the code.' : 'Who has it gets the new value at once.'}`,
        instead: 'Add a variant beside it, and move the users.',
        closedBy: 'a program has acted on the new value',
        at: after.at(after.places.variants),
      };
    }
  },
};
