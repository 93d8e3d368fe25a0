import type { Rule } from '../../model/surface.ts';
import { exampleState } from './example-state.ts';
import { nextPlan, stateDifference } from './state-difference.ts';
import type { StateFile } from './state-file.ts';

/** A state is evidence of the world, and an old one of a world that is gone. */
export const goesBack: Rule<StateFile> = {
  id: 'state/goes-back',
  problem:
    'The state is set back to an earlier one. The world is not: the next plan destroys and creates what nobody changed.',
  instead:
    'Leave the state as it is and change the configuration. To restore one: archive the current state, make sure that a refresh-only plan against the old one is empty, raise its serial, and let its owner approve.',
  source: 'https://developer.hashicorp.com/terraform/cli/commands/state/push',
  examples: {
    matches: [
      {
        before: exampleState(36, [{ type: 'aws_vpc' }, { type: 'aws_subnet' }]),
        after: exampleState(18, [{ type: 'aws_vpc' }]),
      },
      {
        before: exampleState(36, [{ type: 'aws_vpc' }]),
        after: exampleState(36, [{ type: 'aws_subnet' }]),
      },
    ],
    passes: [
      {
        before: exampleState(18, [{ type: 'aws_vpc' }]),
        after: exampleState(19, [{ type: 'aws_vpc' }, { type: 'aws_subnet' }]),
      },
    ],
  },
  *find({ before, after }) {
    if (!before || !after || before.lineage !== after.lineage || after.serial > before.serial) return;
    const difference = stateDifference(before, after);
    const isSame = after.serial === before.serial && difference.gone.length === 0 && difference.come.length === 0;
    if (isSame) return;
    const how =
      after.serial < before.serial
        ? `The serial goes back from ${before.serial} to ${after.serial}`
        : `The serial stays at ${after.serial} although the objects differ`;
    yield {
      class: 'non-recoverable-without-restore',
      message: `${how}: this state was restored or edited. ${nextPlan(difference)}`.trim(),
      at: after.at.serial,
      probe: 'terraform plan -refresh-only',
      closedBy: 'the next apply',
    };
  },
};
