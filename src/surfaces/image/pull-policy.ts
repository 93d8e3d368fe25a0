import type { Rule } from '../../model/surface.ts';
import type { ImageFile } from './artifact.ts';
import { podExample } from './example.ts';
import { firmnessOf, shown } from './reference.ts';

export const pullPolicy: Rule<ImageFile> = {
  id: 'image/pull-policy',
  problem:
    'A pull policy under which a tag that moves runs as different programs on different nodes, or under which no pod starts without the registry.',
  instead: 'Pin the digest; then IfNotPresent is right, and the registry is needed only once per node.',
  source: 'https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy',
  examples: {
    matches: [
      podExample('example.com/app:main', ', imagePullPolicy: IfNotPresent'),
      podExample('example.com/app:1.2.3', ', imagePullPolicy: Never'),
    ],
    passes: [podExample('example.com/app:1.2.3', ', imagePullPolicy: IfNotPresent')],
  },
  *find(change) {
    const old = new Map(change.before?.uses.map((use) => [use.place, use]));
    for (const use of change.after?.uses ?? []) {
      const before = old.get(use.place);
      if (before?.pullPolicy === use.pullPolicy && before?.reference.text === use.reference.text) continue;
      const firmness = firmnessOf(use.reference);
      const isMoving = firmness === 'mutable' || firmness === 'floating';
      if (use.pullPolicy === 'IfNotPresent' && isMoving) {
        yield {
          class: 'fully-reversible',
          classAfterWrites: 'reversible-with-compatibility-window',
          message: `${use.place}: ${shown(use.reference)} with IfNotPresent. Nodes that have pulled it keep the old program, new nodes run the new one, and a revert changes neither.`,
          instead: 'Pin the digest.',
          at: use.at(),
        };
      } else if (use.pullPolicy === 'Never') {
        yield {
          class: 'fully-reversible',
          classAfterWrites: 'reversible-with-compatibility-window',
          message: `${use.place}: imagePullPolicy Never. It starts only where the image was put by hand, and so does the one that a rollback needs.`,
          instead: 'Let nodes pull it, by digest.',
          at: use.at(),
        };
      }
    }
  },
};
