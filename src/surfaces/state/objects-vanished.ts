import type { Rule } from '../../model/surface.ts';
import { exampleState } from './example-state.ts';
import { listed, stateDifference } from './state-difference.ts';
import type { StateFile } from './state-file.ts';

/** Destroyed, or only forgotten: the state does not tell. */
export const objectsVanished: Rule<StateFile> = {
  id: 'state/objects-vanished',
  problem:
    'Objects are gone from the state. Either they were destroyed, or they stand where no configuration knows them.',
  instead: 'Look whether they exist. If they do, import them; if not, and they held data, restore it.',
  source: 'https://developer.hashicorp.com/terraform/cli/commands/state/rm',
  examples: {
    matches: [
      {
        before: exampleState(3, [{ type: 'aws_vpc' }, { type: 'aws_db_instance' }]),
        after: exampleState(4, [{ type: 'aws_vpc' }]),
      },
      { before: exampleState(3, [{ type: 'aws_vpc' }]) },
    ],
    passes: [
      {
        before: exampleState(3, [{ type: 'aws_vpc' }]),
        after: exampleState(4, [{ type: 'aws_vpc' }, { type: 'aws_db_instance' }]),
      },
    ],
  },
  *find({ before, after }) {
    if (!before) return;
    const isMoveOn = after && after.lineage === before.lineage && after.serial > before.serial;
    const gone = after ? stateDifference(before, after).gone : [...before.objects.values()];
    if (gone.length === 0 || (after && !isMoveOn)) return;
    yield {
      class: 'reversible-with-manual-repair',
      message: after
        ? `The state no longer has ${listed(gone)}. Whether they still exist is not known from it.`
        : `The state is deleted: Terraform forgets ${listed(gone)}, and the next plan makes them a second time.`,
      at: (after ?? before).at.file,
      inverse: gone
        .slice(0, 3)
        .map(({ address }) => `import {\n  to = ${address}\n  id = "<its id>"\n}`)
        .join('\n'),
      closedBy: 'the next apply',
    };
  },
};
