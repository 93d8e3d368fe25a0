import type { Rule } from '../../model/surface.ts';
import { isDataStore } from './destroy-facts.ts';
import { examplePlan } from './example-plan.ts';
import type { PlanArtifact } from './read-plan.ts';

/** One object under two addresses is destroyed under the one and made under the other. */
export const movedMissing: Rule<PlanArtifact> = {
  id: 'plan/moved-missing',
  problem:
    'The plan destroys an object and makes one that looks the same under another address: a moved block is missing.',
  instead: 'Add a `moved` block, so that the object stays and only its address changes.',
  source: 'https://developer.hashicorp.com/terraform/language/block/moved',
  examples: {
    matches: [
      examplePlan([
        { type: 'aws_sns_topic', address: 'aws_sns_topic.a', before: { name: 'news', display_name: 'News' } },
        { type: 'aws_sns_topic', address: 'aws_sns_topic.b', after: { name: 'news', display_name: 'News' } },
      ]),
    ],
    passes: [
      examplePlan([
        { type: 'aws_sns_topic', address: 'aws_sns_topic.a', before: { name: 'news', display_name: 'News' } },
        { type: 'aws_sns_topic', address: 'aws_sns_topic.b', after: { name: 'alarms', display_name: 'Alarms' } },
      ]),
    ],
  },
  *find({ after }) {
    if (after?.kind !== 'likely-move') return;
    yield {
      class: isDataStore(after.type) ? 'non-recoverable-without-restore' : 'reversible-with-manual-repair',
      message: `${after.from} is destroyed and ${after.to} is made like it. It is probably the same object under a new address.`,
      instead: `Add this block before the apply: moved { from = ${after.from}, to = ${after.to} }`,
      at: after.at,
      known: 'rule',
      closedBy: 'the apply',
    };
  },
};
