import type { Rule } from '../../model/surface.ts';
import { destroyFact } from './destroy-facts.ts';
import { examplePlan } from './example-plan.ts';
import type { PlanArtifact } from './read-plan.ts';
import { isDestroyed, resourceIn } from './said.ts';

/** A deleted name is not always a free name. */
export const nameHeld: Rule<PlanArtifact> = {
  id: 'plan/name-held',
  problem: 'The plan deletes an object whose name cannot be used again at once, or may be taken by somebody else.',
  instead: 'Restore or import the deleted object instead of making a new one, or let the new one have another name.',
  source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html',
  examples: {
    matches: [
      examplePlan([{ type: 'aws_secretsmanager_secret', before: { name: 'db' } }]),
      examplePlan([{ type: 'aws_s3_bucket', before: { bucket: 'a' }, after: { bucket: 'b' }, replacedBy: ['bucket'] }]),
    ],
    passes: [
      examplePlan([{ type: 'aws_sns_topic', before: { name: 'news' } }]),
      examplePlan([{ type: 'aws_secretsmanager_secret', after: { name: 'db' } }]),
    ],
  },
  *find({ after }) {
    const change = resourceIn(after);
    const fact = change && isDestroyed(change) ? destroyFact(change.type) : undefined;
    if (!change || fact?.nameIsHeld === undefined || fact.nameIn === undefined) return;
    const isKept = change.action === 'replace' && change.before[fact.nameIn] === change.after[fact.nameIn];
    yield {
      class: 'reversible-with-manual-repair',
      message: isKept
        ? `${change.name} is replaced under the same name, but ${fact.nameIsHeld}: the apply may stop half-way.`
        : `Reverting makes ${change.name} again under its old name, but ${fact.nameIsHeld}.`,
      instead: fact.keep,
      at: change.at,
      known: 'rule',
      closedBy: 'the deletion',
    };
  },
};
