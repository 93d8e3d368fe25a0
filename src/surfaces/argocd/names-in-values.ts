import type { Rule } from '../../model/surface.ts';
import type { ManifestFile } from '../manifests.ts';
import { namesChanged } from '../values-change.ts';
import { valuesOf } from './app-values.ts';
import { application } from './example.ts';

export const namesInValues: Rule<ManifestFile> = {
  id: 'argocd/names-in-values',
  problem: 'Values of the chart rename every object: all is deleted and made anew, and new volume claims start empty.',
  instead: 'Keep the names of what runs.',
  source: 'https://helm.sh/docs/chart_best_practices/labels/',
  examples: {
    matches: [{ before: withValues('fullnameOverride: shop'), after: withValues('fullnameOverride: store') }],
    passes: [{ before: withValues('fullnameOverride: shop'), after: withValues('fullnameOverride: shop, port: 8080') }],
  },
  *find(change) {
    for (const values of valuesOf(change)) yield* namesChanged(values);
  },
};

function withValues(values: string): string {
  return application(`source: {chart: web, targetRevision: 1.0.0, helm: {valuesObject: {${values}}}}`);
}
