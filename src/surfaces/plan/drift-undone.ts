import type { Rule } from '../../model/surface.ts';
import { exampleChange, examplePlan } from './example-plan.ts';
import type { PlanArtifact } from './read-plan.ts';
import { names } from './said.ts';

/** A repair by hand is drift, and the next apply of either configuration undoes it. */
export const driftUndone: Rule<PlanArtifact> = {
  id: 'plan/drift-undone',
  problem: 'The object was changed outside of Terraform, and the plan sets it back; so would the old configuration.',
  instead: 'Find out who changed it and why, and bring it into the configuration before any apply.',
  source: 'https://developer.hashicorp.com/terraform/tutorials/state/resource-drift',
  examples: {
    matches: [
      examplePlan([{ type: 'aws_sns_topic', before: { display_name: 'b' }, after: { display_name: 'a' } }], {
        resource_drift: [
          exampleChange({ type: 'aws_sns_topic', before: { display_name: 'a' }, after: { display_name: 'b' } }),
        ],
      }),
      examplePlan([], {
        resource_drift: [
          exampleChange({ type: 'aws_sns_topic', before: { display_name: 'a' }, after: { display_name: 'b' } }),
        ],
      }),
    ],
    passes: [
      examplePlan([{ type: 'aws_sns_topic', before: { display_name: 'a' }, after: { display_name: 'b' } }], {
        resource_drift: [exampleChange({ type: 'aws_sns_topic', before: { tags: null }, after: { tags: {} } })],
      }),
    ],
  },
  *find({ after }) {
    if (after?.kind !== 'drift') return;
    const what = after.isDeleted ? 'deleted' : 'changed';
    const where = after.attributes.length > 0 ? ` (${names(after.attributes)})` : '';
    yield {
      class: 'reversible-with-manual-repair',
      message: `${after.address} was ${what} outside of Terraform${where}. An apply may undo what somebody did on purpose.`,
      at: after.at,
      known: 'plan',
      probe: `terraform plan -refresh-only   # and the audit log of the provider`,
    };
  },
};
