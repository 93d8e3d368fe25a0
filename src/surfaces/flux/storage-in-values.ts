import type { Rule } from '../../model/surface.ts';
import { storageRule } from '../storage-rule.ts';
import { storageChanged } from '../values-change.ts';
import { changedOf, type FluxFile } from './flux-object.ts';

export const storageInValues: Rule<FluxFile> = {
  id: 'flux/storage-in-values',
  ...storageRule(withValues),
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
