import type { Rule } from '../../model/surface.ts';
import { examplePlan } from './example-plan.ts';
import { factsOfChange } from './facts/attribute-facts.ts';
import type { PlanArtifact } from './read-plan.ts';
import { fromTo, resourceIn } from './said.ts';

/** Shorter retention deletes what a recovery would have read. */
export const historyDropped: Rule<PlanArtifact> = {
  id: 'plan/history-dropped',
  problem:
    'The plan shortens or switches off what keeps backups, versions, logs or messages. What falls out of it is deleted.',
  instead: 'Leave the retention as it is until the change is proven, or export what falls out of it first.',
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html',
  examples: {
    matches: [
      examplePlan([
        { type: 'aws_db_instance', before: { backup_retention_period: 7 }, after: { backup_retention_period: 0 } },
      ]),
      examplePlan([
        {
          type: 'aws_s3_bucket_versioning',
          before: { versioning_configuration: [{ status: 'Enabled' }] },
          after: { versioning_configuration: [{ status: 'Suspended' }] },
        },
      ]),
    ],
    passes: [
      examplePlan([
        { type: 'aws_db_instance', before: { backup_retention_period: 7 }, after: { backup_retention_period: 14 } },
      ]),
    ],
  },
  *find({ after }) {
    const change = resourceIn(after);
    if (!change || change.action !== 'update') return;
    for (const one of change.attributes) {
      const fact = factsOfChange(change.type, one).find(({ topic }) => topic === 'history');
      if (fact)
        yield {
          class: fact.class,
          message: `${one.path} of ${change.name} changes${fromTo(one)}. ${fact.because} Reverting does not bring it back.`,
          at: change.at,
          known: 'rule',
          closedBy: 'the apply',
        };
    }
  },
};
