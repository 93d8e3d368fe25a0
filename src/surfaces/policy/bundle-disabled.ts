import type { Rule } from '../../model/surface.ts';
import { policyPairs, type Policy, type PolicyFile } from './artifact.ts';
import { kyvernoExample } from './example.ts';

const two = (action: string): string =>
  `${kyvernoExample(action, ['a'])}---\n${kyvernoExample(action, ['b']).replace('guard', 'gate')}`;
const stands = (policy: Policy | undefined): boolean =>
  policy !== undefined &&
  (policy.enforcement === undefined || policy.enforcement === 'deny') &&
  policy.clauses.some(({ refuses }) => refuses);

export const bundleDisabled: Rule<PolicyFile> = {
  id: 'policy/bundle-disabled',
  problem: 'Every policy of a file stops refusing at once, where one exception would do.',
  instead: 'Put the policies back and except the one case, in writing, with an expiry.',
  source: 'https://kyverno.io/docs/exceptions/',
  examples: {
    matches: [{ before: two('Enforce'), after: two('Audit') }, { before: two('Enforce') }],
    passes: [{ before: kyvernoExample('Enforce', ['a']), after: kyvernoExample('Audit', ['a']) }],
  },
  *find(change) {
    const stood = policyPairs(change).filter(({ before }) => stands(before));
    if (stood.length < 2 || stood.some(({ after }) => stands(after))) return;
    const [first] = stood;
    const at = (first?.after ?? first?.before)?.at('it');
    if (!at) return;
    yield {
      class: 'reversible-with-manual-repair',
      message: `All ${stood.length} policies here stop refusing at once. Everything that they kept out can come in, and has to be found by hand before they can stand again.`,
      instead: 'Except the one case instead, with an owner and an expiry.',
      inverse: 'apply the previous policies',
      closedBy: 'something is let in that they refuse',
      at,
    };
  },
};
