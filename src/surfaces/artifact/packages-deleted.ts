import type { Rule } from '../../model/surface.ts';
import { type ArtifactFile, linesOf } from './artifact-file.ts';

const deletes =
  /delete-package-versions|ghcr-cleanup|container-retention-policy|docker-registry-cleaner|acr purge|crane delete|skopeo delete|gh release delete/;
const keeps = /^\s*(?:min-versions-to-keep|keep-n-tagged|keep-n-most-recent|--keep)[:\s]\s*["']?(\d+)/;

export const packagesDeleted: Rule<ArtifactFile> = {
  id: 'artifact/packages-deleted',
  problem:
    'A workflow deletes published versions, or keeps fewer of them. What it deletes cannot be gone back to, whatever is reverted.',
  instead:
    'Leave out what any open window needs, with signatures and the parts of indexes, and look at a dry run first.',
  source: 'https://docs.github.com/en/packages/learn-github-packages/deleting-and-restoring-a-package',
  examples: {
    matches: [
      'jobs:\n  clean:\n    steps:\n      - uses: actions/delete-package-versions@v5\n',
      {
        before:
          'jobs:\n  clean:\n    steps:\n      - uses: actions/delete-package-versions@v5\n        with:\n          min-versions-to-keep: 50\n',
        after:
          'jobs:\n  clean:\n    steps:\n      - uses: actions/delete-package-versions@v5\n        with:\n          min-versions-to-keep: 3\n',
      },
    ],
    passes: [
      {
        before:
          'jobs:\n  clean:\n    steps:\n      - uses: actions/delete-package-versions@v4\n        with:\n          min-versions-to-keep: 50\n',
        after:
          'jobs:\n  clean:\n    steps:\n      - uses: actions/delete-package-versions@v5\n        with:\n          min-versions-to-keep: 50\n',
      },
    ],
  },
  *find({ before, after }) {
    if (after?.form !== 'workflow') return;
    const [deleting] = linesOf(after, deletes);
    if (!deleting) return;
    const [then, now] = [before, after].map((file) => linesOf(file, keeps)[0]);
    const isNew = linesOf(before, deletes).length === 0;
    const isLess = now !== undefined && then !== undefined && Number(now.groups[0]) < Number(then.groups[0]);
    if (!isNew && !isLess && !(then !== undefined && now === undefined)) return;
    yield {
      class: 'reversible-with-compatibility-window',
      classAfterWrites: 'non-recoverable-without-restore',
      message: `${isNew ? 'This deletes published versions' : `Fewer published versions are kept${now ? ` (${now.groups[0] ?? ''})` : ''}`}: no revert brings them back, and changes that need them lose their way back.`,
      instead: 'Leave out what open windows need; look at a dry run first.',
      closedBy: 'the workflow runs',
      at: (isNew ? deleting : (now ?? deleting)).at,
    };
  },
};
