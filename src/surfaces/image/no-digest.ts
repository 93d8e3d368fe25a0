import type { Rule } from '../../model/surface.ts';
import { replacementsOf, type ImageFile } from './artifact.ts';
import { digestOf, podExample } from './example.ts';
import { firmnessOf, shown } from './reference.ts';

export const noDigest: Rule<ImageFile> = {
  id: 'image/no-digest',
  problem:
    'A version without its digest: the way back holds as long as nobody pushes the old tag again or clears it away.',
  instead: 'Add the digest to the reference, and keep old images at least as long as the way back must hold.',
  source: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  examples: {
    matches: [{ before: podExample('example.com/app:1.2.2'), after: podExample('example.com/app:1.2.3') }],
    passes: [
      {
        before: podExample(`example.com/app:1.2.2@${digestOf('a')}`),
        after: podExample(`example.com/app:1.2.3@${digestOf('b')}`),
      },
    ],
  },
  *find(change) {
    for (const { before, after } of replacementsOf(change)) {
      if (after.isBase || firmnessOf(before.reference) !== 'version') continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-compatibility-window',
        message: `${after.place}: the way back is ${shown(before.reference)}, a tag without a digest. It holds only while the registry keeps that tag where it is.`,
        instead: `Write the digest beside the tag, and check that the registry keeps ${shown(before.reference)}.`,
        inverse: before.reference.text,
        closedBy: 'the registry clears the old image away, or its tag is pushed again',
        probe: `crane digest ${before.reference.text}`,
        at: after.at(),
      };
    }
  },
};
