import type { Rule } from '../../model/surface.ts';
import { controllerMoves, type ControllerFile } from './artifact.ts';

const kustomization = (production: string, staging: string): string =>
  `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: production}
spec: {source: {chart: kyverno, targetRevision: ${production}}, destination: {name: production}}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: staging}
spec: {source: {chart: kyverno, targetRevision: ${staging}}, destination: {name: staging}}
`;

export const everyClusterAtOnce: Rule<ControllerFile> = {
  id: 'controller/every-cluster-at-once',
  problem:
    'One change gives several clusters another version of a controller: a fault in it is everywhere before anybody has seen it.',
  instead: 'Change one cluster, watch it for as long as its slowest reconciliation takes, then the others.',
  source: 'https://fluxcd.io/flux/guides/repository-structure/',
  examples: {
    matches: [{ before: kustomization('3.1.0', '3.1.0'), after: kustomization('3.1.1', '3.1.1') }],
    passes: [{ before: kustomization('3.1.0', '3.1.0'), after: kustomization('3.1.0', '3.1.1') }],
  },
  *find(change) {
    for (const { after } of controllerMoves(change)) {
      const clusters = change.after?.clusters.get(after.controller.title) ?? [];
      if (clusters.length < 2) continue;
      yield {
        class: 'reversible-with-compatibility-window',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `${after.controller.title} changes on ${clusters.length} clusters in one change: ${clusters.slice(0, 5).join(', ')}. If it is bad, it is bad on all of them, and so is the way back.`,
        instead: 'Change one cluster first and wait for it to prove itself.',
        closedBy: 'the first of them has written what the old version cannot read',
        at: after.at(),
      };
    }
  },
};
