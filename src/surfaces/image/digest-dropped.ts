import type { Rule } from '../../model/surface.ts';
import { replacementsOf, type ImageFile } from './artifact.ts';
import { digestOf, podExample } from './example.ts';
import { shown } from './reference.ts';

export const digestDropped: Rule<ImageFile> = {
  id: 'image/digest-dropped',
  problem:
    'A reference that named one image now names whatever its tag means: the next change cannot be undone with certainty.',
  instead: 'Keep the digest, and let a bot move it with the tag.',
  source: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  examples: {
    matches: [
      { before: podExample(`example.com/app:1.2.2@${digestOf('a')}`), after: podExample('example.com/app:1.2.3') },
    ],
    passes: [
      { before: podExample('example.com/app:1.2.2'), after: podExample(`example.com/app:1.2.3@${digestOf('a')}`) },
    ],
  },
  *find(change) {
    for (const { before, after } of replacementsOf(change)) {
      if (before.reference.digest === undefined || after.reference.digest !== undefined) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-compatibility-window',
        message: `${after.place} was pinned to a digest and is no longer: ${shown(after.reference)}. What runs from now on is not written down anywhere.`,
        instead: 'Put the digest of the new version in.',
        inverse: before.reference.text,
        closedBy: 'the tag is pushed again',
        at: after.at(),
      };
    }
  },
};
