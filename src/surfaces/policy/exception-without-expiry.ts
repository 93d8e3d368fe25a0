import type { Rule } from '../../model/surface.ts';
import { clausesOnlyIn, isChanged, policyPairs, type PolicyFile } from './artifact.ts';

const expiry =
  /expir|valid.?until|until[:= ]|not.?after|ttl|review.?by|sunset|cleanup\.kyverno\.io\/ttl|\b20\d\d-\d\d-\d\d\b/i;
const exception = (more: string): string =>
  `apiVersion: kyverno.io/v2\nkind: PolicyException\nmetadata: {name: legacy${more}}\nspec: {exceptions: [{policyName: guard, ruleNames: [a]}]}\n`;

export const exceptionWithoutExpiry: Rule<PolicyFile> = {
  id: 'policy/exception-without-expiry',
  problem: 'A new exception from a policy that nothing ends.',
  instead:
    'Give it an end: a label cleanup.kyverno.io/ttl, a condition on time, or a date and an owner in an annotation.',
  source: 'https://kyverno.io/docs/exceptions/',
  examples: {
    matches: [exception('')],
    passes: [exception(', labels: {cleanup.kyverno.io/ttl: 72h}')],
  },
  *find(change) {
    const text = change.after?.text ?? '';
    if (expiry.test(text)) return;
    for (const { before, after } of policyPairs(change)) {
      if (!after || after.is === 'access') continue;
      // What a whole policy or an IAM statement allows from its first day is not an exception.
      if (!before && after.clauses.some(({ refuses }) => refuses)) continue;
      const added = clausesOnlyIn(after, before).find((one) => !one.refuses && !isChanged(one, before));
      if (!added) continue;
      yield {
        message: `${after.title} excepts ${added.name}, and nothing ends that. Exceptions without an end are what a later tightening breaks.`,
        instead: 'Give it an end and an owner.',
        at: added.at(),
      };
    }
  },
};
