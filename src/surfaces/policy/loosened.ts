import type { Rule, RuleFinding } from '../../model/surface.ts';
import { clausesOnlyIn, isChanged, policyPairs, rankOfEnforcement, type Policy, type PolicyFile } from './artifact.ts';
import { iamExample, kyvernoExample } from './example.ts';
import { isSaidBy } from './in-iam.ts';

const instead =
  'Name the one case that must pass, in an exception of its own with an owner and an expiry, and leave the policy as it is.';
const staysIn = 'What it lets in meanwhile stays after a revert, and the revert then refuses it at its next write.';

export const loosened: Rule<PolicyFile> = {
  id: 'policy/loosened',
  problem: 'A policy lets more through than before. Going back refuses it again, and what was let in meanwhile is in.',
  instead,
  source: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/#failure-action',
  examples: {
    matches: [
      { before: kyvernoExample('Enforce', ['a']), after: kyvernoExample('Audit', ['a']) },
      { before: kyvernoExample('Enforce', ['a', 'b']), after: kyvernoExample('Enforce', ['a']) },
      { before: iamExample('s3:GetObject'), after: iamExample('s3:GetObject', 's3:PutObject') },
    ],
    passes: [
      { before: kyvernoExample('Audit', ['a']), after: kyvernoExample('Enforce', ['a']) },
      { before: iamExample('s3:*'), after: iamExample('s3:*', 's3:PutObject') },
    ],
  },
  *find(change) {
    for (const { before, after } of policyPairs(change)) {
      if (before && !after && before.clauses.some(({ refuses }) => refuses)) {
        yield finding(
          `${before.title} is removed: nothing refuses what it refused`,
          before.at('it'),
          'apply the previous policy',
        );
      }
      if (before && after) yield* looserIn(before, after);
    }
  },
};

function* looserIn(before: Policy, after: Policy): Iterable<RuleFinding> {
  const [was, is] = [before.enforcement, after.enforcement];
  if (was && is && rankOfEnforcement(is) < rankOfEnforcement(was)) {
    yield finding(`${after.title} goes from ${was} to ${is}`, after.at('enforcement'), `enforcement: ${was}`);
  }
  if (before.failsClosed === true && after.failsClosed === false) {
    yield finding(
      `${after.title} fails open: while it cannot be asked, everything passes`,
      after.at('failure'),
      'failurePolicy: Fail',
    );
  }
  for (const clause of clausesOnlyIn(before, after)) {
    if (!clause.refuses || isChanged(clause, after) || isSaidBy(clause, after.clauses)) continue;
    yield finding(`${after.title} loses ${clause.name}`, after.at('it'), `put ${clause.name} back`);
  }
  for (const clause of clausesOnlyIn(after, before)) {
    if (clause.refuses || isChanged(clause, before) || isSaidBy(clause, before.clauses)) continue;
    yield finding(`${after.title} lets ${clause.name} through`, clause.at(), `take ${clause.name} out`);
  }
}

const finding = (what: string, at: NonNullable<RuleFinding['at']>, inverse: string): RuleFinding => ({
  class: 'fully-reversible',
  classAfterWrites: 'reversible-with-manual-repair',
  message: `${what}. ${staysIn}`,
  instead,
  inverse,
  closedBy: 'something is let in that the previous policy refuses',
  at,
});
