import type { Rule } from '../../model/surface.ts';
import { accessChange } from './access-change.ts';
import { examplePlan } from './example-plan.ts';
import type { PlanArtifact } from './read-plan.ts';
import { names, resourceIn } from './said.ts';

const policy = (...actions: readonly string[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });

/** What was done with a right while it was there is not undone by taking it away. */
export const accessWidened: Rule<PlanArtifact> = {
  id: 'plan/access-widened',
  problem: 'The plan lets somebody do more than before. Reverting takes the right away, not what was done with it.',
  instead: 'Give only the actions and resources that are asked for, with an end, and watch the audit log meanwhile.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  examples: {
    matches: [
      examplePlan([
        { type: 'aws_iam_policy', before: { policy: policy('s3:GetObject') }, after: { policy: policy('s3:*') } },
      ]),
    ],
    passes: [
      examplePlan([
        { type: 'aws_iam_policy', before: { policy: policy('s3:*') }, after: { policy: policy('s3:GetObject') } },
      ]),
    ],
  },
  *find({ after }) {
    const change = resourceIn(after);
    const access = change && accessChange(change);
    if (!change || !access || access.given.length === 0) return;
    yield {
      class: access.isGivenToAll ? 'compensatable' : 'fully-reversible',
      classAfterWrites: 'compensatable',
      message: `${change.name} gives more: ${names(access.given)}. What is done with it meanwhile stays done.`,
      at: change.at,
      known: 'rule',
      probe: 'Ask the audit log who has used these rights since.',
      closedBy: 'the first use of the new right',
    };
  },
};
