import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import type { ManifestFile } from '../manifests.ts';
import { appsOf, capital, docs } from './argo-object.ts';
import { application } from './example.ts';

export const destinationChanged: Rule<ManifestFile> = {
  id: 'argocd/destination-changed',
  problem:
    'The Application deploys to another cluster or namespace: everything is made there anew and empty, and what ran before is left behind or pruned.',
  instead: 'Make a second Application, move the data and the traffic, then remove the first.',
  source: docs.specification,
  examples: {
    matches: [
      {
        before: application('destination: {server: "https://kubernetes.default.svc", namespace: a}'),
        after: application('destination: {server: "https://kubernetes.default.svc", namespace: b}'),
      },
    ],
    passes: [
      {
        before: application('destination: {server: "https://kubernetes.default.svc", namespace: a}'),
        after: application('project: b, destination: {server: "https://kubernetes.default.svc", namespace: a}'),
      },
    ],
  },
  *find(change) {
    for (const { title, before, after } of appsOf(change)) {
      const then = before?.field('spec', 'destination');
      const now = after.field('spec', 'destination');
      if (then === undefined || isSame(then, now)) continue;
      yield {
        class: 'reversible-with-manual-repair',
        message: `${capital(title)} deploys elsewhere: there everything starts empty, and what ran before is pruned, or left behind where Argo CD no longer looks.`,
        instead: 'Make a second Application, move data and traffic, then remove the first.',
        probe: `argocd app resources ${after.manifest.name} --orphaned`,
        closedBy: 'the next sync',
        at: after.at('spec', 'destination'),
      };
    }
  },
};
