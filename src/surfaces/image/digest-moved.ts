import type { Rule } from '../../model/surface.ts';
import { replacementsOf, type ImageFile } from './artifact.ts';
import { digestOf, podExample } from './example.ts';
import { nameOf, shown } from './reference.ts';

export const digestMoved: Rule<ImageFile> = {
  id: 'image/digest-moved',
  problem: 'The same tag with another digest: the tag was pushed again, and nothing names the old image any more.',
  instead: 'Give the old digest a tag of its own before registries clear away what has none.',
  source: 'https://docs.docker.com/dhi/core-concepts/digests/',
  examples: {
    matches: [
      {
        before: podExample(`example.com/app:1.2.3@${digestOf('a')}`),
        after: podExample(`example.com/app:1.2.3@${digestOf('b')}`),
      },
    ],
    passes: [
      {
        before: podExample(`example.com/app:1.2.2@${digestOf('a')}`),
        after: podExample(`example.com/app:1.2.3@${digestOf('b')}`),
      },
    ],
  },
  *find(change) {
    for (const { before, after } of replacementsOf(change)) {
      const [was, is] = [before.reference, after.reference];
      if (nameOf(was) !== nameOf(is) || was.tag !== is.tag || was.digest === undefined || is.digest === undefined)
        continue;
      if (was.digest === is.digest) continue;
      yield {
        class: 'reversible-with-compatibility-window',
        message: `${after.place}: ${was.tag === undefined ? 'another digest' : `tag ${was.tag} was pushed again`}. ${shown(was)} can be pulled only as long as the registry keeps images that no tag names.`,
        instead: 'Tag the old digest (crane tag) before the change, so that it is kept.',
        inverse: was.text,
        closedBy: 'the registry clears away what no tag names',
        probe: `crane manifest ${nameOf(was)}@${was.digest}`,
        at: after.at(),
      };
    }
  },
};
