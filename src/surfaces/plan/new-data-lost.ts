import type { Rule } from '../../model/surface.ts';
import { destroyFact } from './destroy-facts.ts';
import { examplePlan } from './example-plan.ts';
import type { PlanArtifact } from './read-plan.ts';
import { resourceIn } from './said.ts';

/** Before the first write it is empty; after it the revert destroys data. */
export const newDataLost: Rule<PlanArtifact> = {
  id: 'plan/new-data-lost',
  problem:
    'The plan makes an object for data. Reverting the configuration destroys it with what was written meanwhile.',
  instead: 'Decide before anything writes to it, or copy what was written before the revert.',
  source: 'https://developer.hashicorp.com/terraform/language/block/removed',
  examples: {
    matches: [examplePlan([{ type: 'aws_dynamodb_table', after: { name: 'orders' } }])],
    passes: [examplePlan([{ type: 'aws_iam_role_policy_attachment', after: { role: 'a' } }])],
  },
  *find({ after }) {
    const change = resourceIn(after);
    const fact = change?.action === 'create' && change.returns === 'delete' ? destroyFact(change.type) : undefined;
    if (!change || fact?.class !== 'non-recoverable-without-restore') return;
    yield {
      class: 'fully-reversible',
      classAfterWrites: fact.class,
      message: `Reverting destroys ${change.name} with what was written to it meanwhile: ${fact.loses}.`,
      instead: `Take it out of the state instead (\`removed\` with \`destroy = false\`). ${fact.keep}`,
      at: change.at,
      known: 'plan',
      probe: `Ask whether anything has been written to ${change.address} yet.`,
      closedBy: 'the first write to it',
    };
  },
};
