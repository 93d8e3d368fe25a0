import type { Rule } from '../../model/surface.ts';
import { stateOnlyFact } from './destroy-facts.ts';
import { examplePlan } from './example-plan.ts';
import type { PlanArtifact } from './read-plan.ts';
import { isDestroyed, resourceIn } from './said.ts';

/** The state was the only place that knew the value. */
export const stateOnlySecret: Rule<PlanArtifact> = {
  id: 'plan/state-only-secret',
  problem: 'The plan destroys a generated value (a password, a key, an identifier) that exists in the state only.',
  instead: 'Put the value into a secret store before, or keep the resource until nothing uses its value.',
  source: 'https://registry.terraform.io/providers/hashicorp/random/latest/docs',
  examples: {
    matches: [
      examplePlan([{ type: 'random_password', before: { length: 16 }, after: { length: 24 }, replacedBy: ['length'] }]),
      examplePlan([{ type: 'tls_private_key', before: { id: 'a' } }]),
    ],
    passes: [examplePlan([{ type: 'random_password', after: { length: 24 } }])],
  },
  *find({ after }) {
    const change = resourceIn(after);
    const fact = change && isDestroyed(change) ? stateOnlyFact(change.type) : undefined;
    if (!change || !fact) return;
    yield {
      class: fact.class,
      message: `${change.name} is ${change.action === 'delete' ? 'destroyed' : 'replaced'}, and its value exists only in the state: ${fact.loses}.`,
      instead: fact.keep,
      at: change.at,
      known: 'plan',
      closedBy: 'the apply; earlier versions of the state still hold the value',
    };
  },
};
