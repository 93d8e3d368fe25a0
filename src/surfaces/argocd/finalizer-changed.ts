import type { Rule } from '../../model/surface.ts';
import type { ManifestFile } from '../manifests.ts';
import { appsOf, capital, deletesResources, docs, finalizersOf } from './argo-object.ts';
import { application } from './example.ts';

const finalizer = 'finalizers: [resources-finalizer.argocd.argoproj.io]';

export const finalizerChanged: Rule<ManifestFile> = {
  id: 'argocd/finalizer-changed',
  problem:
    'Whether deleting the Application deletes what it deployed changes. With the finalizer, everything goes with it; without, everything is left behind.',
  instead: 'Decide it in a change of its own, long before the Application is removed.',
  source: docs.deletion,
  examples: {
    matches: [
      { before: application('project: a'), after: application('project: a', finalizer) },
      { before: application('project: a', finalizer), after: application('project: a') },
    ],
    passes: [application('project: a', finalizer)],
  },
  *find(change) {
    for (const { title, before, after } of appsOf(change)) {
      if (!before || after.manifest.kind === 'ApplicationSet') continue;
      const [then, now] = [before, after].map((one) => deletesResources(finalizersOf(one)));
      if (then === now) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: now
          ? `${capital(title)} now takes everything it deployed with it when it is deleted, volume claims included.`
          : `${capital(title)} now leaves everything it deployed behind when it is deleted: it runs on, owned by nobody.`,
        instead: 'Say in the change which of the two is meant.',
        closedBy: 'the Application is deleted',
        at: after.at('metadata', 'finalizers'),
      };
    }
  },
};
