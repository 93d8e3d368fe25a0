import type { Rule } from '../../model/surface.ts';
import { isCommit } from '../version-move.ts';
import { type ArtifactFile, linesOf } from './artifact-file.ts';

const uses = /\buses:\s*["']?([\w.-]+\/[\w./-]+)@([^\s"'#]+)/;

export const actionNotPinned: Rule<ArtifactFile> = {
  id: 'artifact/action-not-pinned',
  problem:
    'A workflow takes an action at a tag or a branch, which its owner can move. The same commit then builds, signs and deploys with another program.',
  instead: 'Name the commit, with the version as a comment, and let a bot move both.',
  source: 'https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions',
  examples: {
    matches: ['jobs:\n  build:\n    steps:\n      - uses: example/build@v1\n'],
    passes: [
      'jobs:\n  build:\n    steps:\n      - uses: example/build@0123456789abcdef0123456789abcdef01234567 # v1\n',
    ],
  },
  *find({ before, after }) {
    if (after?.form !== 'workflow') return;
    const old = new Set(linesOf(before, uses).map(({ groups }) => groups.join('@')));
    const moving = linesOf(after, uses).filter(({ groups: [, ref = ''], ...one }) => !isCommit(ref) && one);
    const added = moving.filter(({ groups }) => !old.has(groups.join('@')));
    const [first] = added;
    if (!first) return;
    const names = [...new Set(added.map(({ groups }) => groups.join('@')))];
    yield {
      message: `${names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${String(names.length - 2)} more` : names.join(', ')}: their owners can move that, and the same commit then runs another program.`,
      instead: 'Name commits, with the version as a comment.',
      at: first.at,
    };
  },
};
