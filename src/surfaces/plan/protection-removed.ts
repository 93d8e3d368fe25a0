import type { Rule } from '../../model/surface.ts';
import { examplePlan } from './example-plan.ts';
import { directions } from './facts/direction.ts';
import { protections, safetyNets } from './facts/protections.ts';
import type { PlanArtifact } from './read-plan.ts';
import { fromTo, resourceIn } from './said.ts';

interface Protection {
  readonly when: string;
  readonly isOnByDefault?: true;
  readonly because: string;
}

const protectionOf = (path: string): Protection | undefined => {
  const name = path.split('.').at(-1) ?? path;
  return Object.hasOwn(protections, name) ? protections[name as keyof typeof protections] : undefined;
};

/** Nothing is lost yet; the next change can lose it. */
export const protectionRemoved: Rule<PlanArtifact> = {
  id: 'plan/protection-removed',
  problem: 'The plan takes away what stands between an object and its end, or what a recovery would rest on.',
  instead: 'Do this in a change of its own, right before the destroy it is meant for, and not at all if there is none.',
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html',
  examples: {
    matches: [
      examplePlan([
        { type: 'aws_db_instance', before: { deletion_protection: true }, after: { deletion_protection: false } },
      ]),
      examplePlan([
        {
          type: 'aws_secretsmanager_secret',
          before: { recovery_window_in_days: 30 },
          after: { recovery_window_in_days: 0 },
        },
      ]),
      examplePlan([{ type: 'aws_backup_plan', before: { name: 'daily' } }]),
    ],
    passes: [
      examplePlan([
        { type: 'aws_db_instance', before: { deletion_protection: false }, after: { deletion_protection: true } },
      ]),
    ],
  },
  *find({ after }) {
    const change = resourceIn(after);
    if (!change) return;
    const net = change.action === 'delete' && Object.hasOwn(safetyNets, change.type);
    if (net)
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'compensatable',
        message: `${change.name} is destroyed: ${safetyNets[change.type as keyof typeof safetyNets]}. Reverting helps only from then on.`,
        at: change.at,
        known: 'rule',
      };
    for (const one of change.action === 'update' ? change.attributes : []) {
      const fact = one.isUnknown ? undefined : protectionOf(one.path);
      const wasOn = fact?.isOnByDefault && (one.before ?? null) === null;
      if (fact && !wasOn && directions(one.before, one.after).some((direction) => direction === fact.when))
        yield {
          class: 'fully-reversible',
          message: `${one.path} of ${change.name} changes${fromTo(one)}: ${fact.because}.`,
          at: change.at,
          known: 'rule',
          closedBy: 'the next destroy of it',
        };
    }
  },
};
