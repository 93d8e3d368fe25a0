import type { Rule } from '../../model/surface.ts';
import { movesOf, type ImageFile } from './artifact.ts';
import { digestOf } from './example.ts';
import { firmnessOf, shown } from './reference.ts';

const dockerfile = (from: string): string => `FROM ${from}\nCOPY . .\n`;

export const baseUnpinned: Rule<ImageFile> = {
  id: 'image/base-unpinned',
  problem: 'A build that starts from a tag: building the old commit again gives another image than it gave then.',
  instead: 'Pin the base by digest, keep what was built, and go back to the kept image instead of building again.',
  source: 'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
  examples: {
    matches: [dockerfile('node:24'), dockerfile('debian')],
    passes: [dockerfile(`node:24@${digestOf('a')}`), dockerfile('scratch')],
  },
  *find(change) {
    for (const { before, after } of movesOf(change)) {
      if (!after.isBase || after.reference.digest !== undefined) continue;
      const isMoving = firmnessOf(after.reference) !== 'version';
      yield {
        class: 'fully-reversible',
        classAfterWrites: isMoving ? 'reversible-with-manual-repair' : 'reversible-with-compatibility-window',
        message: `${after.place} starts from ${shown(after.reference)}, a tag. Built again later, the same commit gives another image.`,
        instead: 'Add the digest of the base, and keep the images that were built.',
        ...(before && { inverse: `FROM ${before.reference.text}` }),
        closedBy: 'the tag of the base is pushed again and the built image is gone',
        at: after.at(),
      };
    }
  },
};
