import type { Rule } from '../../model/surface.ts';
import { directionOf } from '../version-move.ts';
import { replacementsOf, type ImageFile } from './artifact.ts';
import { podExample } from './example.ts';
import { nameOf } from './reference.ts';

const says = {
  major: {
    class: 'fully-reversible',
    classAfterWrites: 'reversible-with-manual-repair',
    why: 'A step like this (a major version, or a minor one below 1.0) may change what is stored; the old program then meets data that it does not know.',
    instead: 'Read its upgrade notes, take a backup it can be restored from, and try the way back on a copy.',
  },
  down: {
    class: 'reversible-with-compatibility-window',
    classAfterWrites: 'reversible-with-manual-repair',
    why: 'The tag goes back to an older version, which meets what the newer one wrote. If this is a rollback, its way back is a roll forward.',
    instead: 'Ask whether the older version reads what the newer one wrote: schema, files, caches, queues.',
  },
} as const;

export const versionMoved: Rule<ImageFile> = {
  id: 'image/version-moved',
  problem: 'A major version up, or any version down: the other program must read what this one wrote.',
  instead: 'Check that both versions can work on the same data before one replaces the other.',
  source: 'https://semver.org/#spec-item-8',
  examples: {
    matches: [
      { before: podExample('example.com/app:1.9.0'), after: podExample('example.com/app:2.0.0') },
      { before: podExample('example.com/app:1.9.0'), after: podExample('example.com/app:1.8.0') },
    ],
    passes: [{ before: podExample('example.com/app:1.9.0'), after: podExample('example.com/app:1.9.1') }],
  },
  *find(change) {
    for (const { before, after } of replacementsOf(change)) {
      const [was, is] = [before.reference, after.reference];
      if (nameOf(was) !== nameOf(is) || was.tag === undefined || is.tag === undefined) continue;
      const direction = directionOf(was.tag, is.tag);
      if (direction !== 'major' && direction !== 'down') continue;
      const { why, instead, ...classes } = says[direction];
      yield {
        ...classes,
        message: `${after.place}: ${nameOf(is)} ${was.tag} → ${is.tag}. ${why}`,
        instead,
        inverse: was.text,
        closedBy: direction === 'major' ? 'the new version migrates its data' : 'the older version writes',
        at: after.at(),
      };
    }
  },
};
