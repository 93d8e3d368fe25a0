import type { Rule } from '../../model/surface.ts';
import { destroyFact, isDataStore } from './destroy-facts.ts';
import { examplePlan } from './example-plan.ts';
import type { JudgedChange } from './planned-change.ts';
import type { PlanArtifact } from './read-plan.ts';
import { isDestroyed, resourceIn } from './said.ts';

/** A harmless update whose revert is a destroy. */
export const wayBackReplaces: Rule<PlanArtifact> = {
  id: 'plan/way-back-replaces',
  problem: 'The plan changes the object in place, but the plan of the revert replaces it.',
  instead: 'Do not revert: go forward. Rehearse the new version elsewhere before, and keep a copy of the data.',
  source: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/msk_cluster',
  examples: {
    matches: [
      examplePlan([{ type: 'aws_msk_cluster', before: { kafka_version: '3.5.1' }, after: { kafka_version: '3.6.0' } }]),
    ],
    passes: [
      examplePlan([{ type: 'aws_msk_cluster', before: { tags: null }, after: { tags: { team: 'a' } } }]),
      examplePlan([
        {
          type: 'aws_vpc',
          before: { instance_tenancy: 'default' },
          after: { instance_tenancy: 'default', tags: { a: 'b' } },
        },
      ]),
    ],
  },
  *find({ after }) {
    const change = resourceIn(after);
    if (!change || isDestroyed(change) || change.returns !== 'replace') return;
    yield {
      class: isDataStore(change.type) ? 'forward-only' : 'reversible-with-manual-repair',
      message: `Reverting replaces ${change.name}${losing(change)}. ${change.because ?? ''}`.trim(),
      at: change.at,
      known: 'rule',
      closedBy: 'the apply',
    };
  },
};

function losing({ type, action }: JudgedChange): string {
  const fact = destroyFact(type);
  const now = action === 'none' ? 'leaves it alone' : 'only updates it';
  return ` although this plan ${now}${fact ? `: ${fact.loses}` : ''}`;
}
