import type { Rule } from '../../model/surface.ts';
import { isDataStore } from './destroy-facts.ts';
import { examplePlan } from './example-plan.ts';
import type { PlanArtifact } from './read-plan.ts';
import { resourceIn } from './said.ts';

/** Where the plan does not say enough, a person has to look. */
export const wayBackUnknown: Rule<PlanArtifact> = {
  id: 'plan/way-back-unknown',
  problem: 'What reverting the configuration would do to the object cannot be told from this plan.',
  instead: 'Plan the configuration of before against today, and read what it says of this object.',
  source: 'https://developer.hashicorp.com/terraform/internals/json-format',
  examples: {
    matches: [
      examplePlan([
        {
          type: 'aws_sns_topic',
          before: { name: 'a' },
          after: { name: 'b' },
          actions: ['delete', 'create'],
          more: { action_reason: 'replace_because_tainted' },
        },
      ]),
    ],
    passes: [examplePlan([{ type: 'aws_sns_topic', before: { name: 'a' }, after: { name: 'b' } }])],
  },
  *find({ after }) {
    const change = resourceIn(after);
    if (change?.returns !== 'unknown') return;
    yield {
      class: isDataStore(change.type) ? 'non-recoverable-without-restore' : 'reversible-with-manual-repair',
      message: `What reverting does to ${change.name} cannot be told from the plan. ${change.because ?? ''}`.trim(),
      at: change.at,
      known: 'rule',
      probe: `terraform plan -target=${JSON.stringify(change.address)}   # with the configuration of before`,
    };
  },
};
