import type { Rule } from '../../model/surface.ts';
import type { ArtifactFile } from './artifact-file.ts';
import { retentionRulesOf } from './retention-rules.ts';

export const retentionShortened: Rule<ArtifactFile> = {
  id: 'artifact/retention-shortened',
  problem:
    'The registry keeps less. What is beyond the new limit is deleted by itself, and with it the way back of every change that needs it. A revert of the policy brings nothing back.',
  instead:
    'Keep what any open window needs: the versions that run, the one before each, their signatures and the parts of their indexes.',
  source: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html',
  examples: {
    matches: [
      {
        before:
          '{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 100}}]}',
        after:
          '{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 5}}]}',
      },
      {
        before: '[{"name": "old", "action": {"type": "Delete"}, "condition": {"olderThan": "90d"}}]',
        after: '[{"name": "old", "action": {"type": "Delete"}, "condition": {"olderThan": "7d"}}]',
      },
      '{"rules": [{"params": {"latestPushedK": 1}}]}',
    ],
    passes: [
      {
        before:
          '{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 5}}]}',
        after:
          '{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 100}}]}',
      },
    ],
  },
  *find({ before, after }) {
    const [then, now] = [retentionRulesOf(before), retentionRulesOf(after)];
    const shorter = now.filter((one) => {
      const old = then.find(({ key }) => key === one.key);
      // A first rule that retains deletes all the rest; one more beside others does not.
      return old ? one.keeps < old.keeps : !one.isProtecting || then.length === 0;
    });
    const lost = then.filter((one) => one.isProtecting && now.length > 0 && !now.some(({ key }) => key === one.key));
    const [first] = shorter;
    const at = first ? after?.at(...first.steps) : lost.length > 0 ? after?.at() : undefined;
    const words = [
      ...shorter.map(({ words: say }) => `only ${say} kept`),
      ...lost.map(({ words: say }) => `${say} no longer protected`),
    ];
    if (!at) return;
    yield {
      class: 'reversible-with-compatibility-window',
      classAfterWrites: 'non-recoverable-without-restore',
      message: `${words.join(', ')}: the registry deletes the rest by itself, and what is deleted cannot be gone back to. A revert restores the policy only.`,
      instead: 'Keep what open windows need; mark it, or protect it with a keep rule, before this runs.',
      probe: 'run the policy as a preview, or a dry run, and compare with the versions that run',
      closedBy: 'the policy runs for the first time (within a day)',
      at,
    };
  },
};
