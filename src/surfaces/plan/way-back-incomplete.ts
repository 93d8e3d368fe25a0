import type { Rule } from '../../model/surface.ts';
import { examplePlan } from './example-plan.ts';
import { factsOfChange } from './facts/attribute-facts.ts';
import type { PlanArtifact } from './read-plan.ts';
import { fromTo, resourceIn } from './said.ts';

/** It goes back, but not at once, not by itself, or not entirely. */
export const wayBackIncomplete: Rule<PlanArtifact> = {
  id: 'plan/way-back-incomplete',
  problem: 'The change can be taken back, but only later, with work by hand, or without what happened meanwhile.',
  instead: 'Say in the rollback plan how long it takes and what is done by hand, and keep the old values.',
  source: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVolume.html',
  examples: {
    matches: [
      examplePlan([{ type: 'aws_ebs_volume', before: { type: 'gp2' }, after: { type: 'gp3' } }]),
      examplePlan([
        { type: 'aws_db_instance', before: { publicly_accessible: false }, after: { publicly_accessible: true } },
      ]),
    ],
    passes: [examplePlan([{ type: 'aws_ebs_volume', before: { tags: null }, after: { tags: { a: 'b' } } }])],
  },
  *find({ after }) {
    const change = resourceIn(after);
    if (!change || change.action !== 'update') return;
    for (const one of change.attributes)
      for (const fact of factsOfChange(change.type, one))
        if (fact.topic === 'repair' || fact.topic === 'exposure')
          yield {
            class: fact.class,
            message: `${one.path} of ${change.name} changes${fromTo(one)}. ${fact.because}`,
            at: change.at,
            known: 'rule',
          };
  },
};
