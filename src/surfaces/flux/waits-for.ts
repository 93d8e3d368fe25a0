import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asList, asText, titleOf } from '../manifest.ts';
import { fieldAt } from '../manifest.ts';
import { changedOf, docs, type FluxFile } from './flux-object.ts';

export const waitsFor: Rule<FluxFile> = {
  id: 'flux/waits-for',
  problem:
    'An object now waits for another. As long as that one is not ready, nothing of this one is applied, not even its rollback.',
  instead: 'Depend only on what is needed to apply, and know how to break the chain in an emergency.',
  source: docs.kustomization,
  examples: {
    matches: [
      {
        before: 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {}\n',
        after:
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {dependsOn: [{name: database}]}\n',
      },
    ],
    passes: [
      {
        before:
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {dependsOn: [{name: database}]}\n',
        after: 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {}\n',
      },
    ],
  },
  *find(change) {
    for (const { before, after } of changedOf(change, 'Kustomization', 'HelmRelease')) {
      const then = asList(before.field('spec', 'dependsOn'));
      const added = asList(after.field('spec', 'dependsOn')).filter((one) => !then.some((other) => isSame(one, other)));
      const names = added.map((one) => asText(fieldAt(one, ['name'])) ?? '?');
      if (names.length === 0) continue;
      yield {
        class: 'fully-reversible',
        message: `${titleOf(after)} waits for ${names.join(', ')}: while one of them is not ready, no revert of this one is applied.`,
        instead: 'In an emergency, recover what it waits for first.',
        at: after.at('spec', 'dependsOn'),
      };
    }
  },
};
