import type { Rule } from '../../model/surface.ts';
import { examplePlan } from './example-plan.ts';
import { isFromEverywhere, pathChange } from './network-paths.ts';
import type { PlanArtifact } from './read-plan.ts';
import { names, resourceIn } from './said.ts';

/** Who came in meanwhile was in. */
export const networkOpened: Rule<PlanArtifact> = {
  id: 'plan/network-opened',
  problem: 'The plan opens a network path. Reverting closes it; who came through meanwhile was in.',
  instead: 'Open it to the one source that needs it, and watch the flow logs.',
  source: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  examples: {
    matches: [
      examplePlan([
        {
          type: 'aws_security_group_rule',
          after: { cidr_blocks: ['0.0.0.0/0'], from_port: 22, to_port: 22, protocol: 'tcp' },
        },
      ]),
    ],
    passes: [
      examplePlan([
        {
          type: 'aws_security_group_rule',
          before: { cidr_blocks: ['0.0.0.0/0'], from_port: 22, to_port: 22, protocol: 'tcp' },
        },
      ]),
    ],
  },
  *find({ after }) {
    const change = resourceIn(after);
    const paths = change && pathChange(change);
    if (!change || !paths || paths.opened.length === 0) return;
    const isPublic = paths.opened.some(isFromEverywhere);
    yield {
      class: 'fully-reversible',
      classAfterWrites: isPublic ? 'compensatable' : 'fully-reversible',
      message: `${change.name} opens a path${isPublic ? ' to everybody' : ''}: ${names(paths.opened)}.`,
      at: change.at,
      known: 'rule',
      ...(isPublic && { closedBy: 'the first who uses it' }),
    };
  },
};
