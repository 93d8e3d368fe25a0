import type { Rule } from '../../model/surface.ts';
import type { ManifestFile } from '../manifests.ts';

const template = (name: string): string => `apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.${name} }}\n`;

export const notRendered: Rule<ManifestFile> = {
  id: 'kubernetes/not-rendered',
  problem: 'A template: what it puts into the cluster is only known once its tool has rendered it.',
  instead: 'Assess what is rendered: `helm template` of both versions, or the plan of the tool that fills it in.',
  source: 'https://helm.sh/docs/helm/helm_template/',
  examples: {
    matches: [{ before: template('a'), after: template('b') }],
    passes: ['apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n'],
  },
  *find(change) {
    const file = change.after ?? change.before;
    if (!file || (change.after?.isTemplate !== true && change.before?.isTemplate !== true)) return;
    yield {
      class: 'reversible-with-manual-repair',
      message: 'A template, not rendered: what it changes in the cluster, and how that comes back, is not known here.',
      instead: 'Assess the rendered manifests of both versions.',
      at: { path: file.path, line: 1, column: 1 },
    };
  },
};
