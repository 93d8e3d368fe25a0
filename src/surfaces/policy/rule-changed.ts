import type { Rule } from '../../model/surface.ts';
import { clausesOnlyIn, isChanged, policyPairs, type PolicyFile } from './artifact.ts';

const kyverno = (kind: string): string =>
  `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: guard}\nspec: {validationFailureAction: Enforce, rules: [{name: a, match: {any: [{resources: {kinds: [${kind}]}}]}}]}\n`;

export const ruleChanged: Rule<PolicyFile> = {
  id: 'policy/rule-changed',
  problem:
    'A rule or an exception of a policy says something else. Whether it refuses more or less is not known from its text.',
  instead: 'Ask both versions about the same inputs, those that were denied lately first, and keep them as tests.',
  source: 'https://www.openpolicyagent.org/docs/policy-testing',
  examples: {
    matches: [{ before: kyverno('Pod'), after: kyverno('Deployment') }],
    passes: [{ before: kyverno('Pod'), after: `${kyverno('Pod')}# the same\n` }],
  },
  *find(change) {
    for (const { before, after } of policyPairs(change)) {
      if (!before || !after) continue;
      for (const clause of clausesOnlyIn(after, before)) {
        if (!isChanged(clause, before)) continue;
        yield {
          class: 'fully-reversible',
          classAfterWrites: 'reversible-with-manual-repair',
          message: `${after.title}: ${clause.name} says something else. It may refuse what it let in, or let in what a revert will refuse again.`,
          instead: 'Ask both versions about the same inputs before the merge.',
          inverse: 'apply the previous policy',
          closedBy: 'something is let in that the previous policy refuses',
          at: clause.at(),
        };
      }
    }
  },
};
