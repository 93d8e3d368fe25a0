import type { Rule } from '../../model/surface.ts';
import { examplePlan } from './example-plan.ts';
import type { PlanArtifact } from './read-plan.ts';
import { resourceIn } from './said.ts';

/** The object stays and the state forgets it. */
export const forgotten: Rule<PlanArtifact> = {
  id: 'plan/forgotten',
  problem:
    'The plan takes an object out of the state and leaves it standing. Reverting makes a second one, or fails at its name.',
  instead: 'Put an `import` block for it into the revert.',
  source: 'https://developer.hashicorp.com/terraform/language/block/removed',
  examples: {
    matches: [examplePlan([{ type: 'aws_sns_topic', before: { id: 'a' }, actions: ['forget'] }])],
    passes: [examplePlan([{ type: 'aws_sns_topic', before: { id: 'a' } }])],
  },
  *find({ after }) {
    const change = resourceIn(after);
    if (change?.action !== 'forget') return;
    yield {
      class: 'reversible-with-manual-repair',
      message: `The state forgets ${change.name}, which stays as it is. Reverting makes a second one, or fails because it is there.`,
      at: change.at,
      known: 'plan',
      inverse: `import {\n  to = ${change.address}\n  id = "<its id>"\n}`,
    };
  },
};
