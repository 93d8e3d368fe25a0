import type { Rule } from '../../model/surface.ts';
import { accessChange } from './access-change.ts';
import { examplePlan } from './example-plan.ts';
import type { PlanArtifact } from './read-plan.ts';
import { names, resourceIn } from './said.ts';

/** A right that is missing is noticed late; the revert gives all of it back, also what was meant to go. */
export const accessNarrowed: Rule<PlanArtifact> = {
  id: 'plan/access-narrowed',
  problem:
    'The plan takes rights away. Who still needs them is refused, and reverting opens again what was meant to be closed.',
  instead:
    'Read from the audit log who used the right lately. If something breaks, give back the one action that is missing.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html',
  examples: {
    matches: [
      examplePlan([
        {
          type: 'aws_iam_role_policy_attachment',
          before: { policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
        },
      ]),
    ],
    passes: [
      examplePlan([
        { type: 'aws_iam_role_policy_attachment', after: { policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } },
      ]),
    ],
  },
  *find({ after }) {
    const change = resourceIn(after);
    const access = change && accessChange(change);
    if (!change || !access || access.taken.length === 0) return;
    yield {
      class: 'fully-reversible',
      message: `${change.name} takes rights away: ${names(access.taken)}. Reverting gives all of them back.`,
      at: change.at,
      known: 'rule',
    };
  },
};
