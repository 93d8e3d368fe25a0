import type { Rule } from '../../model/surface.ts';
import type { ChartFile } from './chart-file.ts';
import { changedBlock } from './template-text.ts';

export const claimTemplateChanged: Rule<ChartFile> = {
  id: 'helm/claim-template-changed',
  problem:
    'The volume claims of a StatefulSet change in the template. Kubernetes refuses that for what already runs, forward and back.',
  instead: 'Delete the StatefulSet with `--cascade=orphan`, change the claims one by one, and apply it anew.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#volume-claim-templates',
  examples: {
    matches: [
      {
        before: 'kind: StatefulSet\nspec:\n  volumeClaimTemplates:\n    - name: data\n      storage: 1Gi\n',
        after: 'kind: StatefulSet\nspec:\n  volumeClaimTemplates:\n    - name: data\n      storage: 2Gi\n',
      },
    ],
    passes: [
      {
        before: 'kind: StatefulSet\nspec:\n  replicas: 1\n  volumeClaimTemplates:\n    - name: data\n',
        after: 'kind: StatefulSet\nspec:\n  replicas: 2\n  volumeClaimTemplates:\n    - name: data\n',
      },
    ],
  },
  *find({ before, after }) {
    if (before?.role !== 'template' || after?.role !== 'template') return;
    const block = changedBlock(before.text, after.text, /^\s*volumeClaimTemplates:/);
    if (!block) return;
    yield {
      class: 'reversible-with-manual-repair',
      message:
        'The volume claim templates change: the upgrade of a StatefulSet that already runs is refused, and so is the way back.',
      instead: 'Delete the StatefulSet with its pods left running, change the claims, and apply it anew.',
      inverse: 'kubectl delete statefulset <name> --cascade=orphan, then install the older chart',
      at: { path: after.path, line: block.line, column: 1 },
    };
  },
};
