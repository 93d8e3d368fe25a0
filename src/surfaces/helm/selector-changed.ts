import type { Rule } from '../../model/surface.ts';
import type { ChartFile } from './chart-file.ts';
import { changedBlock, onlyKinds } from './template-text.ts';

const workload = /^kind:\s*["']?(?:Deployment|StatefulSet|DaemonSet|ReplicaSet)\b/m;
const selector = /^\s{1,4}selector:\s*$/;
/** The partial from which most charts take the labels of every selector. */
const partial = /\{\{-?\s*define\s+"[^"{}]*selectorLabels"[^{}]*\}\}/i;

export const selectorChanged: Rule<ChartFile> = {
  id: 'helm/selector-changed',
  problem:
    'The labels by which workloads find their pods change in the template. Kubernetes refuses that for what already runs, forward and back.',
  instead: 'Leave selectors as they are, and add labels outside of them.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates',
  examples: {
    matches: [
      {
        before:
          'kind: Deployment\nspec:\n  selector:\n    matchLabels:\n      app: {{ .Release.Name }}\n  replicas: 1\n',
        after:
          'kind: Deployment\nspec:\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: {{ .Release.Name }}\n  replicas: 1\n',
      },
    ],
    passes: [
      {
        before: 'kind: NetworkPolicy\nspec:\n  podSelector:\n    matchLabels:\n      app: {{ .Values.a }}\n',
        after: 'kind: NetworkPolicy\nspec:\n  podSelector:\n    matchLabels:\n      app: {{ .Values.b }}\n',
      },
      {
        before:
          'kind: Deployment\nspec:\n  selector:\n    matchLabels:\n      app: {{ .Release.Name }}\n  replicas: 1\n',
        after:
          'kind: Deployment\nspec:\n  selector:\n    matchLabels:\n      # by name\n      app: {{ .Release.Name }}\n  replicas: 2\n',
      },
    ],
  },
  *find({ before, after }) {
    if (before?.role !== 'template' || after?.role !== 'template') return;
    const [then, now] = [before, after].map(({ text }) => onlyKinds(text, workload));
    const block = changedBlock(then ?? '', now ?? '', selector) ?? changedPartial(before.text, after.text);
    if (!block) return;
    yield {
      class: 'reversible-with-manual-repair',
      message:
        'The selector changes: the upgrade of what already runs is refused, and so is the way back. The workload must be deleted and made anew.',
      instead: 'Leave the selector; put new labels on the object and the pod template only.',
      inverse: 'kubectl delete <workload> --cascade=orphan, then install the older chart',
      at: { path: after.path, line: block.line, column: 1 },
    };
  },
};

function changedPartial(before: string, after: string): { readonly line: number } | undefined {
  const [then, now] = [bodyIn(before), bodyIn(after)];
  return then && now && then.text !== now.text ? now : undefined;
}

function bodyIn(text: string): { readonly text: string; readonly line: number } | undefined {
  const head = partial.exec(text);
  if (!head) return undefined;
  const rest = text.slice(head.index + head[0].length);
  const end = /\{\{-?\s*end\b/.exec(rest)?.index ?? rest.length;
  return { text: rest.slice(0, end).trim(), line: text.slice(0, head.index).split('\n').length };
}
