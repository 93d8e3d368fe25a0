import type { Rule } from '../../model/surface.ts';
import { clausesOnlyIn, policyPairs, type PolicyFile } from './artifact.ts';
import { kyvernoExample } from './example.ts';

export const noTest: Rule<PolicyFile> = {
  id: 'policy/no-test',
  problem: 'A policy changes, and no test is beside it: whether it still refuses what it must is not known.',
  instead: 'Turn the inputs that were denied into tests (opa test, kyverno test, gator verify) and run them in CI.',
  source: 'https://kyverno.io/docs/testing-policies/',
  examples: {
    matches: [{ before: kyvernoExample('Enforce', ['a']), after: kyvernoExample('Enforce', ['a', 'b']) }],
    passes: [{ before: kyvernoExample('Enforce', ['a']), after: `${kyvernoExample('Enforce', ['a'])}# the same\n` }],
  },
  *find(change) {
    if (!change.after || change.after.hasTest) return;
    for (const { before, after } of policyPairs(change)) {
      if (after?.is !== 'logic') continue;
      const [first] = [...clausesOnlyIn(after, before), ...(before ? clausesOnlyIn(before, after) : [])];
      if (!first) continue;
      yield {
        message: `${after.title} changes without a test beside it. After a revert nobody can tell whether the old hole is closed.`,
        instead: 'Keep one input that must be refused, and one that must pass, as a test.',
        at: after.at('it'),
      };
      return;
    }
  },
};
