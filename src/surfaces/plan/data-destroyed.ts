import type { Rule } from '../../model/surface.ts';
import { destroyFact } from './destroy-facts.ts';
import { examplePlan } from './example-plan.ts';
import type { PlanArtifact } from './read-plan.ts';
import { isDestroyed, names, resourceIn } from './said.ts';

/** Data does not come back with the configuration. */
export const dataDestroyed: Rule<PlanArtifact> = {
  id: 'plan/data-destroyed',
  problem: 'The plan destroys or replaces an object that holds data. Reverting the configuration makes an empty one.',
  instead:
    'Make and verify a copy first, or keep the object: `removed` with `destroy = false`, a moved block, or a new object beside it.',
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html',
  examples: {
    matches: [
      examplePlan([{ type: 'aws_db_instance', before: { id: 'orders' } }]),
      examplePlan([
        { type: 'aws_rds_cluster', before: { engine: 'a' }, after: { engine: 'b' }, replacedBy: ['engine'] },
      ]),
    ],
    passes: [
      examplePlan([{ type: 'aws_db_instance', before: { tags: null }, after: { tags: { team: 'a' } } }]),
      examplePlan([{ type: 'aws_iam_role_policy_attachment', before: { id: 'a' } }]),
    ],
  },
  *find({ after }) {
    const change = resourceIn(after);
    const fact = change && isDestroyed(change) ? destroyFact(change.type) : undefined;
    if (!change || !fact || fact.class !== 'non-recoverable-without-restore') return;
    const replaced = change.replacedBy.length > 0 ? `, because ${names(change.replacedBy)} cannot change in place` : '';
    const order = change.createsFirst ? ' That the new one is made first keeps no data.' : '';
    yield {
      class: fact.class,
      message: `${change.name} is ${change.action === 'delete' ? 'destroyed' : 'replaced'}${replaced}: ${fact.loses}.${order}`,
      instead: fact.keep,
      at: change.at,
      known: 'plan',
      closedBy: 'the apply',
    };
  },
};
