import type { Rule } from '../../model/surface.ts';
import type { FlagFile } from './flag-file.ts';
import { turnedOn } from './turned-on.ts';

const named =
  /(?:use|switch|move|enable|new|migrate|cutover|to)[-_. ]?(?:[a-z0-9]+[-_. ]?){0,2}(?:database|postgres|mysql|mongo|redis|kafka|queue|broker|bucket|storage|cluster|region|shard|replica|failover|vpc|dns)/i;

export const hidesInfrastructure: Rule<FlagFile> = {
  id: 'flag/hides-infrastructure',
  problem:
    'A flag moves programs to other infrastructure: a database, a queue, a region. Flipping it back is instant for programs, but not for the data that now lies elsewhere.',
  instead: 'Move infrastructure by a change of its own, with its own window and way back.',
  source: 'https://martinfowler.com/articles/feature-toggles.html',
  examples: {
    matches: [
      {
        before: 'flags:\n  use-new-database: {variants: {on: true, off: false}, defaultVariant: "off"}\n',
        after: 'flags:\n  use-new-database: {variants: {on: true, off: false}, defaultVariant: "on"}\n',
      },
    ],
    passes: [
      {
        before: 'flags:\n  new-checkout: {variants: {on: true, off: false}, defaultVariant: "off"}\n',
        after: 'flags:\n  new-checkout: {variants: {on: true, off: false}, defaultVariant: "on"}\n',
      },
      'flags:\n  use-new-database: {variants: {on: true, off: false}, defaultVariant: "off"}\n',
    ],
  },
  *find(change) {
    for (const flag of turnedOn(change, named))
      yield {
        class: 'reversible-with-manual-repair',
        message: `${flag.name}, by its name, moves programs to other infrastructure: data written there until it is flipped back is not where the old one looks.`,
        instead: 'Move infrastructure by a change of its own, with its own window and way back.',
        closedBy: 'the first write while it is on',
        at: flag.at(),
      };
  },
};
