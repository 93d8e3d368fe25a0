import type { Rule } from '../../model/surface.ts';
import { replacementsOf, type ImageFile } from './artifact.ts';
import { podExample } from './example.ts';
import { nameOf } from './reference.ts';

export const sourceChanged: Rule<ImageFile> = {
  id: 'image/source-changed',
  problem:
    'The image comes from elsewhere. The way back needs the old registry, its credentials, and the image still in it.',
  instead: 'Keep the old registry and its pull secret until the way back is closed, or copy the old image over too.',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/',
  examples: {
    matches: [{ before: podExample('old.example.com/app:1.2.3'), after: podExample('new.example.com/app:1.2.3') }],
    passes: [{ before: podExample('example.com/app:1.2.3'), after: podExample('example.com/app:1.2.4') }],
  },
  *find(change) {
    for (const { before, after } of replacementsOf(change)) {
      const [was, is] = [before.reference, after.reference];
      if (nameOf(was) === nameOf(is)) continue;
      const isOnlyRegistry = was.repository === is.repository;
      yield {
        class: 'reversible-with-compatibility-window',
        message: `${after.place}: ${isOnlyRegistry ? `registry ${was.registry || 'docker.io'} → ${is.registry || 'docker.io'}` : `${nameOf(was)} → ${nameOf(is)}`}. A revert pulls from the old place, as long as it, its credentials and the image are there.`,
        instead: 'Keep the old place until the way back is closed.',
        inverse: was.text,
        closedBy: 'the old repository, its credentials or its images are removed',
        probe: `crane manifest ${was.text}`,
        at: after.at(),
      };
    }
  },
};
