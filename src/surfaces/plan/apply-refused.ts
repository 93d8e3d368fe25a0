import type { Rule } from '../../model/surface.ts';
import { examplePlan } from './example-plan.ts';
import { factsOfChange } from './facts/attribute-facts.ts';
import type { PlanArtifact } from './read-plan.ts';
import { fromTo, resourceIn } from './said.ts';

/** The plan promises an update that the service does not make. */
export const applyRefused: Rule<PlanArtifact> = {
  id: 'plan/apply-refused',
  problem: 'The plan shows an update that the service refuses, so the apply stops with a part of the changes made.',
  instead:
    'Take the change out of this plan. If this is a revert, it is not a way back: restore a copy into a new object.',
  source: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVolume.html',
  examples: {
    matches: [examplePlan([{ type: 'aws_ebs_volume', before: { size: 100 }, after: { size: 50 } }])],
    passes: [examplePlan([{ type: 'aws_ebs_volume', before: { size: 50 }, after: { size: 100 } }])],
  },
  *find({ after }) {
    const change = resourceIn(after);
    if (!change || change.action !== 'update') return;
    for (const one of change.attributes) {
      const fact = factsOfChange(change.type, one).find(({ plans }) => plans === 'refused-update');
      if (fact)
        yield {
          class: fact.class,
          message: `The apply will fail at ${change.name}: ${one.path} is to go${fromTo(one)}. ${fact.because}`,
          at: change.at,
          known: 'rule',
        };
    }
  },
};
