import type { Rule } from '../../model/surface.ts';
import { exampleState } from './example-state.ts';
import { nextPlan, stateDifference } from './state-difference.ts';
import type { StateFile } from './state-file.ts';

/** The lineage says of which world a state is the record. */
export const lineageChanged: Rule<StateFile> = {
  id: 'state/lineage-changed',
  problem: 'The state is replaced by one of another lineage: by the record of other objects.',
  instead:
    'Find the state that belongs here. Move objects between states with `state mv`, or with removed and import blocks.',
  source: 'https://developer.hashicorp.com/terraform/cli/commands/state/push',
  examples: {
    matches: [
      { before: exampleState(3, [{ type: 'aws_vpc' }], 'a1'), after: exampleState(4, [{ type: 'aws_vpc' }], 'b2') },
    ],
    passes: [{ before: exampleState(3, [{ type: 'aws_vpc' }]), after: exampleState(4, [{ type: 'aws_vpc' }]) }],
  },
  *find({ before, after }) {
    if (!before || !after || before.lineage === after.lineage) return;
    yield {
      class: 'non-recoverable-without-restore',
      message:
        `The lineage changes, so this is the state of something else. ${nextPlan(stateDifference(before, after))}`.trim(),
      at: after.at.lineage,
      probe: 'terraform plan -refresh-only',
      closedBy: 'the next apply',
    };
  },
};
