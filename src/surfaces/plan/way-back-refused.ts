import type { Rule } from '../../model/surface.ts';
import { examplePlan } from './example-plan.ts';
import { factsOfChange, factsOfReturn } from './facts/attribute-facts.ts';
import type { PlanArtifact } from './read-plan.ts';
import { fromTo, resourceIn } from './said.ts';

/** The plan of the revert will say update, and the service will say no. */
export const wayBackRefused: Rule<PlanArtifact> = {
  id: 'plan/way-back-refused',
  problem:
    'The plan changes an attribute that only goes one way: the plan of the revert looks harmless and its apply is refused.',
  instead: 'Decide that there is only forward before the apply; the way back is a new object restored from a copy.',
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html',
  examples: {
    matches: [
      examplePlan([{ type: 'aws_db_instance', before: { allocated_storage: 50 }, after: { allocated_storage: 100 } }]),
      examplePlan([{ type: 'aws_eks_cluster', before: { version: '1.29' }, after: { version: '1.30' } }]),
    ],
    passes: [
      examplePlan([
        {
          type: 'aws_db_instance',
          before: { instance_class: 'db.m5.large' },
          after: { instance_class: 'db.m5.xlarge' },
        },
      ]),
    ],
  },
  *find({ after }) {
    const change = resourceIn(after);
    if (!change || change.action !== 'update') return;
    for (const one of change.attributes) {
      if (factsOfChange(change.type, one).some(({ plans }) => plans === 'refused-update')) continue;
      const fact = factsOfReturn(change.type, one).find(({ plans }) => plans === 'refused-update');
      if (fact)
        yield {
          class: fact.class,
          message: `${one.path} of ${change.name} goes${fromTo(one)} and not back. ${fact.because}`,
          at: change.at,
          known: 'rule',
          closedBy: 'the apply',
        };
    }
  },
};
