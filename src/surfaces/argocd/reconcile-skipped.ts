import type { Json } from '../../model/json.ts';
import type { Rule } from '../../model/surface.ts';
import type { ManifestFile } from '../manifests.ts';
import { appsOf, capital, docs } from './argo-object.ts';
import { application } from './example.ts';

const annotation = 'argocd.argoproj.io/skip-reconcile';

export const reconcileSkipped: Rule<ManifestFile> = {
  id: 'argocd/reconcile-skipped',
  problem:
    'Argo CD leaves the Application alone: nothing that is committed, and no revert, reaches the cluster, and its status no longer tells the truth.',
  instead: 'Say in the change who takes the annotation off, and when.',
  source: docs.skip,
  examples: {
    matches: [application('project: a', 'annotations: {argocd.argoproj.io/skip-reconcile: "true"}')],
    passes: [application('project: a', 'annotations: {argocd.argoproj.io/skip-reconcile: "false"}')],
  },
  *find(change) {
    for (const { title, before, after } of appsOf(change)) {
      const [then, now] = [before, after].map((one) => isTrue(one?.field('metadata', 'annotations', annotation)));
      if (!now || then) continue;
      yield {
        class: 'fully-reversible',
        message: `${capital(title)} is not reconciled: no revert reaches the cluster until the annotation is gone, and its status is frozen. It stays open work.`,
        instead: 'Name who takes it off, and when.',
        inverse: `kubectl annotate application ${after.manifest.name} -n ${after.manifest.namespace || 'argocd'} ${annotation}-`,
        at: after.at('metadata', 'annotations', annotation),
      };
    }
  },
};

const isTrue = (value: Json | undefined): boolean => value === true || value === 'true';
