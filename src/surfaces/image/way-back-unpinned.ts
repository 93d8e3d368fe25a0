import type { Rule } from '../../model/surface.ts';
import { replacementsOf, type ImageFile } from './artifact.ts';
import { podExample } from './example.ts';
import { firmnessOf, shown } from './reference.ts';

export const wayBackUnpinned: Rule<ImageFile> = {
  id: 'image/way-back-unpinned',
  problem:
    'What is replaced was named by a tag that moves: reverting the file does not bring back the program that ran.',
  instead: 'Before the change, read the digest that runs now, and write it down as what to go back to.',
  source: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  examples: {
    matches: [{ before: podExample('example.com/app:latest'), after: podExample('example.com/app:1.2.3') }],
    passes: [{ before: podExample('example.com/app:1.2.2'), after: podExample('example.com/app:1.2.3') }],
  },
  *find(change) {
    for (const { before, after } of replacementsOf(change)) {
      const firmness = firmnessOf(before.reference);
      if (before.isBase || (firmness !== 'mutable' && firmness !== 'floating')) continue;
      yield {
        class: 'reversible-with-manual-repair',
        message: `${after.place}: what ran before was ${shown(before.reference)}, a tag that moves. A revert pulls what it means then, which need not be what ran.`,
        instead: 'Read the digest that runs now and keep it: it is the way back.',
        inverse: `${before.reference.text.split('@')[0] ?? ''}@<the digest that runs now>`,
        closedBy: 'the tag is pushed again, or the last pod that ran it is gone',
        probe: "kubectl get pods -o jsonpath='{.items[*].status.containerStatuses[*].imageID}'",
        at: after.at(),
      };
    }
  },
};
