import type { Json } from '../../model/json.ts';
import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asFields, asList, fieldAt } from '../manifest.ts';
import type { KustomizationFile } from './kustomization-file.ts';

export const selectorsChanged: Rule<KustomizationFile> = {
  id: 'kustomize/selectors-changed',
  problem:
    'Labels that Kustomize also writes into selectors change. Kubernetes refuses that for every workload that already runs, forward and back.',
  instead: 'Use `labels` with `includeTemplates: true` and without `includeSelectors`.',
  source: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/commonlabels/',
  examples: {
    matches: [
      { before: 'commonLabels: {app: a}\n', after: 'commonLabels: {app: a, team: b}\n' },
      {
        before: 'labels: [{pairs: {app: a}, includeSelectors: true}]\n',
        after: 'labels: [{pairs: {app: b}, includeSelectors: true}]\n',
      },
    ],
    passes: [
      { before: 'labels: [{pairs: {app: a}}]\n', after: 'labels: [{pairs: {app: b}}]\n' },
      { before: 'commonLabels: {app: a}\n', after: 'labels: [{pairs: {app: a}, includeSelectors: true}]\n' },
    ],
  },
  *find({ before, after }) {
    if (!before || !after) return;
    const [then, now] = [before, after].map(inSelectors);
    if (isSame(then, now)) return;
    yield {
      class: 'reversible-with-manual-repair',
      message:
        'Labels in every selector change: workloads that already run refuse it, forward and back, and must be deleted and made anew.',
      instead: 'Use `labels` with `includeTemplates`, without `includeSelectors`.',
      inverse: 'kubectl delete <workload> --cascade=orphan, then apply the older build',
      at: after.at(
        after.field('commonLabels') === undefined && after.field('labels') !== undefined ? 'labels' : 'commonLabels',
      ),
    };
  },
};

const inSelectors = (file: KustomizationFile): Json =>
  Object.assign(
    {},
    asFields(file.field('commonLabels')),
    ...asList(file.field('labels'))
      .filter((one) => fieldAt(one, ['includeSelectors']) === true)
      .map((one) => asFields(fieldAt(one, ['pairs']))),
  ) as Json;
