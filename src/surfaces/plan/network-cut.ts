import type { Rule } from '../../model/surface.ts';
import { examplePlan } from './example-plan.ts';
import { pathChange } from './network-paths.ts';
import type { PlanArtifact } from './read-plan.ts';
import { names, resourceIn } from './said.ts';

/** A cut may be the way that Terraform itself comes. */
export const networkCut: Rule<PlanArtifact> = {
  id: 'plan/network-cut',
  problem:
    'The plan cuts a network path. Whoever uses it is cut off, perhaps the runner that would have to put it back.',
  instead: 'Read from the flow logs that nobody uses it. Make sure that the runner does not come this way.',
  source: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  examples: {
    matches: [
      examplePlan([
        {
          type: 'aws_security_group_rule',
          before: { cidr_blocks: ['10.0.0.0/8'], from_port: 5432, to_port: 5432, protocol: 'tcp' },
        },
      ]),
    ],
    passes: [
      examplePlan([
        {
          type: 'aws_security_group_rule',
          after: { cidr_blocks: ['10.0.0.0/8'], from_port: 5432, to_port: 5432, protocol: 'tcp' },
        },
      ]),
    ],
  },
  *find({ after }) {
    const change = resourceIn(after);
    const paths = change && pathChange(change);
    if (!change || !paths || paths.cut.length === 0) return;
    yield {
      class: 'fully-reversible',
      message: `${change.name} cuts a path: ${names(paths.cut)}. Reverting opens it again, if the runner can still get there.`,
      at: change.at,
      known: 'rule',
      probe: 'Ask the flow logs who has used it in the last days.',
    };
  },
};
