import type { Rule } from '../../model/surface.ts';
import { destroyFact } from './destroy-facts.ts';
import { examplePlan } from './example-plan.ts';
import type { PlanArtifact } from './read-plan.ts';
import { isDestroyed, resourceIn } from './said.ts';

/** What is made anew is not what was there. */
export const identityLost: Rule<PlanArtifact> = {
  id: 'plan/identity-lost',
  problem: 'The plan destroys an object whose address, key or identifier no new object can have.',
  instead:
    'Keep the object until nothing refers to it: disable it, or take it out of the state with `removed` and `destroy = false`.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  examples: {
    matches: [examplePlan([{ type: 'aws_eip', before: { id: 'eipalloc-1' } }])],
    passes: [examplePlan([{ type: 'aws_eip', before: { tags: null }, after: { tags: { a: 'b' } } }])],
  },
  *find({ after }) {
    const change = resourceIn(after);
    const fact = change && isDestroyed(change) ? destroyFact(change.type) : undefined;
    if (!change || !fact || fact.class === 'non-recoverable-without-restore') return;
    yield {
      class: fact.class,
      message: `${change.name} is ${change.action === 'delete' ? 'destroyed' : 'replaced'}: ${fact.loses}.`,
      instead: fact.keep,
      at: change.at,
      known: 'plan',
      closedBy: 'the apply',
    };
  },
};
