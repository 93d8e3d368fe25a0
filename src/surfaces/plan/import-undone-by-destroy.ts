import type { Rule } from '../../model/surface.ts';
import { examplePlan } from './example-plan.ts';
import type { PlanArtifact } from './read-plan.ts';
import { resourceIn } from './said.ts';

/** An import takes an object into the state that was there before Terraform knew of it. */
export const importUndoneByDestroy: Rule<PlanArtifact> = {
  id: 'plan/import-undone-by-destroy',
  problem: 'The plan imports an object. Reverting the configuration does not let go of it: it destroys it.',
  instead: 'Let go of it with a `removed` block that says `destroy = false`.',
  source: 'https://developer.hashicorp.com/terraform/language/block/import',
  examples: {
    matches: [
      examplePlan([
        {
          type: 'aws_s3_bucket',
          before: { bucket: 'a' },
          after: { bucket: 'a' },
          actions: ['no-op'],
        },
      ]).replace('"actions": [', '"importing": { "id": "a" }, "actions": ['),
    ],
    passes: [examplePlan([{ type: 'aws_s3_bucket', after: { bucket: 'a' } }])],
  },
  *find({ after }) {
    const change = resourceIn(after);
    if (!change?.isImported) return;
    yield {
      class: 'reversible-with-manual-repair',
      message: `${change.name} is imported. Reverting the configuration destroys it, although it was there before.`,
      at: change.at,
      known: 'plan',
      inverse: `removed {\n  from = ${change.address}\n  lifecycle {\n    destroy = false\n  }\n}`,
    };
  },
};
