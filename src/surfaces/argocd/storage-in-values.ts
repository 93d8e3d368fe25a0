import type { Rule } from '../../model/surface.ts';
import type { ManifestFile } from '../manifests.ts';
import { storageRule } from '../storage-rule.ts';
import { storageChanged } from '../values-change.ts';
import { valuesOf } from './app-values.ts';
import { application } from './example.ts';

export const storageInValues: Rule<ManifestFile> = {
  id: 'argocd/storage-in-values',
  ...storageRule(withValues),
  *find(change) {
    for (const values of valuesOf(change)) yield* storageChanged(values);
  },
};

function withValues(values: string): string {
  return application(`source: {chart: web, targetRevision: 1.0.0, helm: {valuesObject: {${values}}}}`);
}
