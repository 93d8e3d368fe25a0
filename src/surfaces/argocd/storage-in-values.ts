import type { Rule } from '../../model/surface.ts';
import { storageChanged } from '../helm/values-change.ts';
import type { ManifestFile } from '../manifests.ts';
import { valuesOf } from './app-values.ts';
import { application } from './example.ts';

export const storageInValues: Rule<ManifestFile> = {
  id: 'argocd/storage-in-values',
  problem:
    'Values that become a volume claim change. A claim never shrinks, keeps its class and its access modes, and loses its data when it goes.',
  instead: 'Make a second claim, copy the data, then switch.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims',
  examples: {
    matches: [{ before: withValues('persistence: {size: 1Gi}'), after: withValues('persistence: {size: 2Gi}') }],
    passes: [
      { before: withValues('persistence: {size: 1Gi}'), after: withValues('persistence: {size: 1Gi}, port: 8080') },
    ],
  },
  *find(change) {
    for (const values of valuesOf(change)) yield* storageChanged(values);
  },
};

function withValues(values: string): string {
  return application(`source: {chart: web, targetRevision: 1.0.0, helm: {valuesObject: {${values}}}}`);
}
