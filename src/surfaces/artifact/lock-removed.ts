import type { Rule } from '../../model/surface.ts';
import type { ArtifactFile } from './artifact-file.ts';

export const lockRemoved: Rule<ArtifactFile> = {
  id: 'artifact/lock-removed',
  problem:
    'The lock file is taken away: nothing says any more which packages a build uses, and the old commit built again gives another program.',
  instead: 'Keep it committed, and let builds fail when it does not fit.',
  source: 'https://docs.npmjs.com/cli/configuring-npm/package-lock-json',
  examples: {
    matches: [{ before: '{"name": "web", "lockfileVersion": 3, "packages": {}}' }],
    passes: ['{"name": "web", "lockfileVersion": 3, "packages": {}}'],
  },
  *find({ before, after }) {
    if (before?.form !== 'lock' || after) return;
    yield {
      class: 'fully-reversible',
      classAfterWrites: 'reversible-with-manual-repair',
      message:
        'The lock file is removed: what is built from now on cannot be built again, so going back to it needs the kept artifact.',
      instead: 'Keep it, or keep every artifact that is built without it.',
      closedBy: 'something is built without it',
      at: { path: before.path, line: 1, column: 1 },
    };
  },
};
