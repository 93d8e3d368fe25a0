import type { Rule } from '../../model/surface.ts';
import { isDataStore } from './destroy-facts.ts';
import { examplePlan } from './example-plan.ts';
import { factsOf } from './facts/attribute-facts.ts';
import { isFixed } from './facts/fixed-attributes.ts';
import type { PlanArtifact } from './read-plan.ts';
import { names, resourceIn } from './said.ts';

/** What decides is not known before the apply. */
export const unknownUntilApply: Rule<PlanArtifact> = {
  id: 'plan/unknown-until-apply',
  problem:
    'An attribute that decides between update and replacement, or between back and no way back, is known only after the apply.',
  instead: 'Apply what it depends on first, in a plan of its own, and plan again.',
  source: 'https://developer.hashicorp.com/terraform/internals/json-format',
  examples: {
    matches: [
      examplePlan([
        {
          type: 'aws_ebs_volume',
          before: { snapshot_id: 'snap-1' },
          after: {},
          unknown: { snapshot_id: true },
          replacedBy: ['snapshot_id'],
        },
      ]),
      examplePlan([
        { type: 'aws_db_instance', before: { engine_version: '15.4' }, after: {}, unknown: { engine_version: true } },
      ]),
    ],
    passes: [
      examplePlan([{ type: 'aws_db_instance', before: { address: 'a' }, after: {}, unknown: { address: true } }]),
    ],
  },
  *find({ after }) {
    const change = resourceIn(after);
    if (!change || (change.action !== 'update' && change.action !== 'replace')) return;
    const unknown = change.attributes.filter(({ isUnknown }) => isUnknown).map(({ path }) => path);
    const deciding = unknown.filter((path) =>
      change.action === 'replace'
        ? change.replacedBy.includes(path) && isDataStore(change.type)
        : isFixed(change.type, path) ||
          factsOf(change.type, path).some(({ topic }) => topic === 'door' || topic === 'history'),
    );
    if (deciding.length === 0) return;
    yield {
      class: isDataStore(change.type) ? 'non-recoverable-without-restore' : 'reversible-with-manual-repair',
      message: `Only the apply tells what ${names(deciding)} of ${change.name} becomes, and the way back depends on it.`,
      at: change.at,
      known: 'rule',
    };
  },
};
