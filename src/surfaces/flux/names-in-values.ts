import type { Rule } from '../../model/surface.ts';
import { namesChanged } from '../values-change.ts';
import { changedOf, type FluxFile } from './flux-object.ts';

export const namesInValues: Rule<FluxFile> = {
  id: 'flux/names-in-values',
  problem: 'Values of the chart rename every object: all is deleted and made anew, and new volume claims start empty.',
  instead: 'Keep the names of what runs.',
  source: 'https://helm.sh/docs/chart_best_practices/labels/',
  examples: {
    matches: [{ before: withValues('fullnameOverride: shop'), after: withValues('fullnameOverride: store') }],
    passes: [{ before: withValues('fullnameOverride: shop'), after: withValues('fullnameOverride: shop, port: 8080') }],
  },
  *find(change) {
    for (const { before, after } of changedOf(change, 'HelmRelease')) {
      const [then, now] = [before, after].map((one) => one.field('spec', 'values'));
      yield* namesChanged({ before: then, after: now, at: (...steps) => after.at('spec', 'values', ...steps) });
    }
  },
};

function withValues(values: string): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {values: {${values}}}\n`;
}
