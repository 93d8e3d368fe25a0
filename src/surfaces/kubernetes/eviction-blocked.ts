import type { Rule } from '../../model/surface.ts';
import { differsAt, presentIn } from '../manifest-changes.ts';
import { asText, titleOf } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';

const budget = (spec: string): string =>
  `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec: {${spec}}\n`;

export const evictionBlocked: Rule<ManifestFile> = {
  id: 'kubernetes/eviction-blocked',
  problem:
    'A disruption budget that lets no pod go: nodes cannot be drained, and a rollback that has to move pods waits for ever.',
  instead: 'Allow at least one pod to go (maxUnavailable: 1), and run more than one.',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-budgets',
  examples: {
    matches: [budget('maxUnavailable: 0'), budget('minAvailable: 100%')],
    passes: [budget('maxUnavailable: 1')],
  },
  *find(change) {
    for (const { before, after } of presentIn(change, 'PodDisruptionBudget')) {
      if (before && !differsAt({ before, after }, 'spec')) continue;
      const field = blockingField(
        asText(after.field('spec', 'maxUnavailable')),
        asText(after.field('spec', 'minAvailable')),
      );
      if (!field) continue;
      yield {
        class: 'fully-reversible',
        message: `${titleOf(after)} lets no pod be evicted. A drain stops there, and so does every upgrade or rollback of nodes.`,
        instead: 'Write maxUnavailable: 1.',
        inverse: `kubectl delete pdb ${after.name}`,
        probe: `kubectl get pdb ${after.name} -o jsonpath='{.status.disruptionsAllowed}'`,
        at: after.at('spec', field),
      };
    }
  },
};

function blockingField(unavailable: string | undefined, available: string | undefined): string | undefined {
  if (unavailable !== undefined && /^0+%?$/.test(unavailable)) return 'maxUnavailable';
  return available === '100%' ? 'minAvailable' : undefined;
}
