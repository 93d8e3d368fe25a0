import type { Rule } from '../../model/surface.ts';
import { storageChanged } from '../helm/values-change.ts';
import { changedOf, type FluxFile } from './flux-object.ts';

export const storageInValues: Rule<FluxFile> = {
  id: 'flux/storage-in-values',
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
    for (const { before, after } of changedOf(change, 'HelmRelease')) {
      const [then, now] = [before, after].map((one) => one.field('spec', 'values'));
      yield* storageChanged({ before: then, after: now, at: (...steps) => after.at('spec', 'values', ...steps) });
    }
  },
};

function withValues(values: string): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {values: {${values}}}\n`;
}
