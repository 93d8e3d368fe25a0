import type { Json } from '../../model/json.ts';
import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asFields } from '../manifest.ts';
import type { Flag, FlagFile } from './flag-file.ts';
import { flagdFile, newFlags, changedFlags } from './flag-pairs.ts';

export const dead: Rule<FlagFile> = {
  id: 'flag/dead',
  problem:
    'A flag decides nothing any more, or nobody has said when it ends. Long afterwards somebody flips it, and code that nobody has run for years comes back.',
  instead: 'Name an owner and an end in its metadata, and remove flag and code when all users have one variant.',
  source: 'https://martinfowler.com/articles/feature-toggles.html',
  examples: {
    matches: [
      flagdFile('{variants: {a: true, b: true}, defaultVariant: a, metadata: {owner: shop, expires: 2030-01-01}}'),
      flagdFile('{variants: {on: true, off: false}, defaultVariant: "off"}'),
    ],
    passes: [flagdFile('{variants: {on: true, off: false}, defaultVariant: "off", metadata: {expires: 2030-01-01}}')],
  },
  *find(change) {
    const decidesNothing = [
      ...newFlags(change).filter(isDead),
      ...changedFlags(change).flatMap(({ before, after }) => (isDead(after) && !isDead(before) ? [after] : [])),
    ];
    const [first] = decidesNothing;
    if (first)
      yield {
        message: `${decidesNothing.map(({ name }) => name).join(', ')}: every variant gives the same, so it decides nothing any more.`,
        instead: 'Remove it with the code that asks for it, once no older program can come back.',
        at: first.at(),
      };
    const endless = newFlags(change).filter(
      (flag) => !isDead(flag) && flag.places.variants !== '' && !hasEnd(flag.about),
    );
    const [open] = endless;
    if (open)
      yield {
        message: `${endless.length > 3 ? `${String(endless.length)} new flags` : endless.map(({ name }) => name).join(', ')}: nobody says when ${endless.length > 1 ? 'they end' : 'it ends'}.`,
        instead: 'Write an owner and an end into its metadata.',
        at: open.at(),
      };
  },
};

const isDead = (flag: Flag): boolean => {
  const [first, ...rest] = Object.values(flag.variants);
  return rest.length > 0 && rest.every((one) => isSame(one, first ?? null));
};

const hasEnd = (about: Json): boolean =>
  Object.keys(asFields(about)).some((key) => /expir|remove|until|end|sunset|ttl|permanent/i.test(key));
