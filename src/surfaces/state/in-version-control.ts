import type { Rule } from '../../model/surface.ts';
import { exampleState } from './example-state.ts';
import type { StateFile } from './state-file.ts';

/** Git cannot lock, and a branch is a second truth. */
export const inVersionControl: Rule<StateFile> = {
  id: 'state/in-version-control',
  problem: 'A state is put among the sources. A revert or a merge then rewrites the record of what exists.',
  instead: 'Keep it in a backend that locks and keeps versions, and ignore *.tfstate here.',
  source: 'https://developer.hashicorp.com/terraform/language/state/remote',
  examples: {
    matches: [{ after: exampleState(1, [{ type: 'aws_vpc' }]) }],
    passes: [{ before: exampleState(1, [{ type: 'aws_vpc' }]), after: exampleState(2, [{ type: 'aws_vpc' }]) }],
  },
  *find({ before, after }) {
    if (before || !after) return;
    yield {
      class: 'reversible-with-manual-repair',
      message: 'This state lies among the sources, so reverting a commit sets it back while the world stays.',
      at: after.at.file,
      inverse: 'git rm --cached <this file>   # after it was pushed to a backend',
    };
  },
};
