import type { Rule } from '../../model/surface.ts';
import { examplePlan } from './example-plan.ts';
import type { PlanArtifact } from './read-plan.ts';

/** A part is not evidence of the whole. */
export const planIncomplete: Rule<PlanArtifact> = {
  id: 'plan/plan-incomplete',
  problem: 'The plan ended with an error or covers a part only, so it says nothing of what it leaves out.',
  instead: 'Plan again without -target, until it ends without an error.',
  source: 'https://developer.hashicorp.com/terraform/internals/json-format',
  examples: {
    matches: [examplePlan([], { errored: true }), examplePlan([], { complete: false })],
    passes: [examplePlan([], { errored: false, complete: true }), examplePlan([])],
  },
  *find({ after }) {
    if (after?.kind !== 'plan') return;
    yield {
      class: 'reversible-with-manual-repair',
      message: after.isErrored
        ? 'The plan ended with an error: what it lists is not all that would change.'
        : 'The plan covers a part only (-target, or deferred changes): what it leaves out is not known.',
      at: after.at,
      known: 'plan',
    };
  },
};
