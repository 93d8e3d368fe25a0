import type { Rule, RuleFinding } from '../../model/surface.ts';
import { clausesOnlyIn, isChanged, policyPairs, rankOfEnforcement, type Policy, type PolicyFile } from './artifact.ts';
import { iamExample, kyvernoExample } from './example.ts';
import { isSaidBy } from './in-iam.ts';

const instead =
  'Run it in audit first and read what it would refuse, the manifests that a rollback would apply among them.';

export const tightened: Rule<PolicyFile> = {
  id: 'policy/tightened',
  problem:
    'A policy refuses more than before: perhaps the next rollback of something else. Going back opens what it closed.',
  instead,
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
  examples: {
    matches: [
      { before: kyvernoExample('Audit', ['a']), after: kyvernoExample('Enforce', ['a']) },
      kyvernoExample('Enforce', ['a']),
      { before: iamExample('s3:GetObject', 's3:PutObject'), after: iamExample('s3:GetObject') },
    ],
    passes: [
      { before: kyvernoExample('Enforce', ['a']), after: kyvernoExample('Audit', ['a']) },
      kyvernoExample('Audit', ['a']),
    ],
  },
  *find(change) {
    for (const { before, after } of policyPairs(change)) {
      if (!after) continue;
      if (before) yield* stricterIn(before, after);
      else if (refuses(after) && after.clauses.some((clause) => clause.refuses)) {
        yield finding(`${after.title} is new and refuses`, after.at('enforcement'), 'remove it again');
      }
    }
  },
};

/** What only reports does not stand in anybody's way. */
const refuses = ({ enforcement }: Policy): boolean => enforcement === undefined || enforcement === 'deny';

function* stricterIn(before: Policy, after: Policy): Iterable<RuleFinding> {
  const [was, is] = [before.enforcement, after.enforcement];
  if (was && is && rankOfEnforcement(is) > rankOfEnforcement(was)) {
    yield finding(`${after.title} goes from ${was} to ${is}`, after.at('enforcement'), `enforcement: ${was}`);
  }
  if (before.failsClosed === false && after.failsClosed === true) {
    yield finding(
      `${after.title} fails closed: while it cannot be asked, nothing passes`,
      after.at('failure'),
      'failurePolicy: Ignore',
    );
  }
  if (!refuses(after)) return;
  for (const clause of clausesOnlyIn(after, before)) {
    if (!clause.refuses || isChanged(clause, before) || isSaidBy(clause, before.clauses)) continue;
    yield finding(`${after.title} gains ${clause.name}`, clause.at(), `take ${clause.name} out`);
  }
  for (const clause of clausesOnlyIn(before, after)) {
    if (clause.refuses || isChanged(clause, after) || isSaidBy(clause, after.clauses)) continue;
    yield finding(`${after.title} no longer lets ${clause.name} through`, after.at('it'), `put ${clause.name} back`);
  }
}

const finding = (what: string, at: NonNullable<RuleFinding['at']>, inverse: string): RuleFinding => ({
  class: 'fully-reversible',
  classAfterWrites: 'reversible-with-compatibility-window',
  message: `${what}. What runs stays, and fails at its next write if it does not comply: a rollback to an older manifest too. Going back is a compliance gap: what was closed is open again.`,
  instead,
  inverse,
  closedBy: 'the gap that it closed may not be opened again',
  at,
});
