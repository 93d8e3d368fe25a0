import type { Rule } from '../../model/surface.ts';
import type { ChartFile } from './chart-file.ts';
import { isIn, placeOf } from './template-text.ts';

const looksUp = /\{\{[^{}]*\blookup\s+["(]/;

export const lookupInTemplate: Rule<ChartFile> = {
  id: 'helm/lookup-in-template',
  problem:
    "What the chart renders depends on what is in the cluster then. `helm rollback` brings the answer of that time back, a revert in Git today's, and `helm template` none.",
  instead: 'Give it as a value.',
  source: 'https://helm.sh/docs/chart_template_guide/functions_and_pipelines/#using-the-lookup-function',
  examples: {
    matches: ['kind: ConfigMap\ndata:\n  ip: {{ (lookup "v1" "Service" .Release.Namespace "web").spec.clusterIP }}\n'],
    passes: ['kind: ConfigMap\ndata:\n  ip: {{ .Values.ip }}\n'],
  },
  *find({ before, after }) {
    if (after?.role !== 'template' || !isIn(after, looksUp) || isIn(before, looksUp)) return;
    const at = placeOf(after, looksUp);
    if (!at) return;
    yield {
      class: 'fully-reversible',
      classAfterWrites: 'reversible-with-compatibility-window',
      message:
        '`lookup` reads the cluster while rendering: a rollback restores the answer stored then, which the cluster may no longer have.',
      instead: 'Give it as a value.',
      closedBy: 'what was looked up changes',
      at,
    };
  },
};
