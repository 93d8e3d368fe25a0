import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { updatesOf } from '../manifest-changes.ts';
import { podLabelsOf } from '../manifest-pods.ts';
import { asFields, asText, titleOf, type Fields } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Rollout', 'Pod'];
const service = (label: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: ${label}}}\n---\n`;
const deployment = (label: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {metadata: {labels: {app: ${label}}}}}\n`;

export const podsOrphaned: Rule<ManifestFile> = {
  id: 'kubernetes/pods-orphaned',
  problem:
    'A selector and the labels of the pods part: the service finds no pod, or finds only new ones while the old still run.',
  instead:
    'Add the new label beside the old one, roll the pods, switch the selector, and take the old label away last.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#services-in-kubernetes',
  examples: {
    matches: [
      { before: service('web') + deployment('web'), after: service('shop') + deployment('web') },
      { before: service('web') + deployment('web'), after: service('web') + deployment('shop') },
    ],
    passes: [{ before: deployment('web'), after: deployment('shop') }],
  },
  *find(change) {
    const tree = change.after?.tree;
    if (!tree) return;
    const podsWith = (label: string) => workloads.flatMap((kind) => tree.ofKind(kind, label)).map(labelsOf);
    for (const { before, after } of updatesOf(change, 'Service')) {
      const selector = asFields(after.field('spec', 'selector'));
      if (isSame(selector, asFields(before.field('spec', 'selector'))) || Object.keys(selector).length === 0) continue;
      const isFound = podsWith(asText(Object.values(selector)[0]) ?? '').some((labels) => matches(selector, labels));
      yield {
        class: isFound ? 'fully-reversible' : 'reversible-with-manual-repair',
        classAfterWrites: isFound ? 'reversible-with-compatibility-window' : 'reversible-with-manual-repair',
        message: isFound
          ? `${titleOf(after)} selects other pods. Until they are ready, and again after a revert, there may be none behind it.`
          : `${titleOf(after)} selects pods that nothing in these files starts: traffic to it may find nobody.`,
        instead: 'Check that pods with these labels are ready before the selector moves.',
        inverse: `spec.selector: ${JSON.stringify(before.field('spec', 'selector') ?? {})}`,
        probe: `kubectl get endpointslices -l kubernetes.io/service-name=${after.name}`,
        at: after.at('spec', 'selector'),
      };
    }
    for (const { before, after } of updatesOf(change, ...workloads)) {
      const [was, is] = [podLabelsOf(before), podLabelsOf(after)];
      if (isSame(was, is)) continue;
      const left = tree.ofKind('Service').find((one) => {
        const selector = asFields(one.field('spec', 'selector'));
        return one.namespace === after.namespace && matches(selector, was) && !matches(selector, is);
      });
      if (!left) continue;
      yield {
        class: 'reversible-with-compatibility-window',
        message: `${titleOf(after)}: its pods lose the labels by which ${titleOf(left)} finds them. As the new pods come, the service empties.`,
        instead: 'Keep the old label until no selector names it.',
        inverse: 'apply the previous labels',
        closedBy: 'the last old pod is gone',
        at: after.at('spec', 'template', 'metadata', 'labels'),
      };
    }
  },
};

const labelsOf = (one: Parameters<typeof podLabelsOf>[0]): Fields =>
  one.kind === 'Pod' ? asFields(one.field('metadata', 'labels')) : podLabelsOf(one);
const matches = (selector: Fields, labels: Fields): boolean => {
  const entries = Object.entries(selector);
  return entries.length > 0 && entries.every(([key, value]) => labels[key] === value);
};
