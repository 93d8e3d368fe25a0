import type { Rule } from '../../model/surface.ts';
import type { FlagFile } from './flag-file.ts';
import { turnedOn } from './turned-on.ts';

const named =
  /(?:skip|ignore|bypass|disable|override|no|without|force)[-_. ]?(?:[a-z]+[-_. ]?){0,2}(?:polic|approv|review|admission|authori[sz]|authz|rbac|permission|guard|audit|gate(?!way))/i;

export const bypassesPolicy: Rule<FlagFile> = {
  id: 'flag/bypasses-policy',
  problem:
    'A flag switches off a policy, an approval or a check. That is a change of policy without the review that policies have.',
  instead: 'Change the policy itself, with its review, or use a waiver that ends.',
  source: 'https://martinfowler.com/articles/feature-toggles.html',
  examples: {
    matches: [
      {
        before: 'flags:\n  disable-admission-policy: {variants: {on: true, off: false}, defaultVariant: "off"}\n',
        after: 'flags:\n  disable-admission-policy: {variants: {on: true, off: false}, defaultVariant: "on"}\n',
      },
    ],
    passes: [
      {
        before: 'flags:\n  new-gateway: {variants: {on: true, off: false}, defaultVariant: "off"}\n',
        after: 'flags:\n  new-gateway: {variants: {on: true, off: false}, defaultVariant: "on"}\n',
      },
      'flags:\n  disable-admission-policy: {variants: {on: true, off: false}, defaultVariant: "off"}\n',
    ],
  },
  *find(change) {
    for (const flag of turnedOn(change, named))
      yield {
        class: 'reversible-with-manual-repair',
        message: `${flag.name}, by its name, switches a policy or a check off without its review: what passed meanwhile stays, whatever is flipped back.`,
        instead: 'Change the policy itself, with its review, or use a waiver that ends.',
        closedBy: 'the first write while it is on',
        at: flag.at(),
      };
  },
};
