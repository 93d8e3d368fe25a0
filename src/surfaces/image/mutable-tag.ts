import type { Rule } from '../../model/surface.ts';
import { movesOf, type ImageFile } from './artifact.ts';
import { podExample } from './example.ts';
import { firmnessOf, shown } from './reference.ts';

export const mutableTag: Rule<ImageFile> = {
  id: 'image/mutable-tag',
  problem:
    'A tag that means whatever was pushed last (or no tag): this version can never be returned to with certainty.',
  instead: 'Name the version and its digest: registry/app:1.2.3@sha256:….',
  source: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  examples: {
    matches: [podExample('example.com/app:latest'), podExample('example.com/app'), podExample('example.com/app:main')],
    passes: [podExample('example.com/app:1.2.3'), podExample(`example.com/app@sha256:${'a'.repeat(64)}`)],
  },
  *find(change) {
    for (const { after } of movesOf(change)) {
      const firmness = firmnessOf(after.reference);
      if (after.isBase || (firmness !== 'mutable' && firmness !== 'floating')) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-compatibility-window',
        message: `${after.place}: ${shown(after.reference)} ${firmness === 'floating' ? 'moves with every release under it' : 'means whatever was pushed last'}. Two pods may run two programs, and a later rollback to this version may get a third.`,
        instead: 'Name a full version with its digest.',
        closedBy: 'the tag is pushed again',
        probe: `crane digest ${after.reference.text}`,
        at: after.at(),
      };
    }
  },
};
