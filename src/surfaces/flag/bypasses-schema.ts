import type { Rule } from '../../model/surface.ts';
import type { FlagFile } from './flag-file.ts';
import { turnedOn } from './turned-on.ts';

const named =
  /(?:skip|ignore|bypass|disable|no|without|allow|unsafe|force)[-_. ]?(?:[a-z]+[-_. ]?){0,2}(?:schema|migration|validat|constraint|compat|foreign.?key)/i;

export const bypassesSchema: Rule<FlagFile> = {
  id: 'flag/bypasses-schema',
  problem:
    'A flag lets a program run on a schema that does not fit it, or skip a migration or a validation. Flipping it back does not repair what was written meanwhile.',
  instead: 'Expand the schema so that both programs fit, and contract it later.',
  source: 'https://martinfowler.com/articles/feature-toggles.html',
  examples: {
    matches: [
      {
        before: 'flags:\n  skip-schema-validation: {variants: {on: true, off: false}, defaultVariant: "off"}\n',
        after: 'flags:\n  skip-schema-validation: {variants: {on: true, off: false}, defaultVariant: "on"}\n',
      },
    ],
    passes: [
      {
        before: 'flags:\n  new-checkout: {variants: {on: true, off: false}, defaultVariant: "off"}\n',
        after: 'flags:\n  new-checkout: {variants: {on: true, off: false}, defaultVariant: "on"}\n',
      },
      'flags:\n  skip-schema-validation: {variants: {on: true, off: false}, defaultVariant: "off"}\n',
    ],
  },
  *find(change) {
    for (const flag of turnedOn(change, named))
      yield {
        class: 'reversible-with-manual-repair',
        message: `${flag.name}, by its name, runs programs on a schema that may not fit: what is written meanwhile is not repaired by flipping it back.`,
        instead: 'Expand the schema so that both programs fit, and contract it later.',
        closedBy: 'the first write while it is on',
        at: flag.at(),
      };
  },
};
