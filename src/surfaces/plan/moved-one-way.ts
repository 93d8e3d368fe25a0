import type { Rule } from '../../model/surface.ts';
import { isDataStore } from './destroy-facts.ts';
import { examplePlan } from './example-plan.ts';
import type { PlanArtifact } from './read-plan.ts';
import { resourceIn } from './said.ts';

/** A moved block is part of the new configuration only. */
export const movedOneWay: Rule<PlanArtifact> = {
  id: 'plan/moved-one-way',
  problem:
    'The plan moves an object to a new address. Reverting takes the moved block away too, and destroys what it moved.',
  instead: 'Put a moved block in the other direction into the revert.',
  source: 'https://developer.hashicorp.com/terraform/language/block/moved',
  examples: {
    matches: [
      examplePlan([
        {
          type: 'aws_sns_topic',
          address: 'aws_sns_topic.b',
          before: { name: 'a' },
          after: { name: 'a' },
          actions: ['no-op'],
          more: { previous_address: 'aws_sns_topic.a' },
        },
      ]),
    ],
    passes: [
      examplePlan([
        {
          type: 'aws_sns_topic',
          address: 'aws_sns_topic.a[0]',
          before: { name: 'a' },
          after: { name: 'a' },
          actions: ['no-op'],
          more: { previous_address: 'aws_sns_topic.a' },
        },
      ]),
    ],
  },
  *find({ after }) {
    const change = resourceIn(after);
    if (!change || change.previousAddress === undefined || change.returns !== 'delete') return;
    yield {
      class: 'reversible-with-manual-repair',
      classAfterWrites: 'reversible-with-manual-repair',
      message: `Reverting destroys ${change.name} and makes ${change.previousAddress} anew${
        isDataStore(change.type) ? ', empty' : ''
      }, because the old configuration has no moved block back.`,
      at: change.at,
      known: 'plan',
      inverse: `moved {\n  from = ${change.address}\n  to   = ${change.previousAddress}\n}`,
    };
  },
};
