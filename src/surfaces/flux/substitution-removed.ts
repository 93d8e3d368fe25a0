import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asFields, asList, asText, fieldAt, type Manifest, titleOf } from '../manifest.ts';
import { changedOf, docs, type FluxFile } from './flux-object.ts';

export const substitutionRemoved: Rule<FluxFile> = {
  id: 'flux/substitution-removed',
  problem:
    'A variable, or the source of several, is no longer substituted. Where a manifest still names it, Flux writes an empty text, and names and claims change.',
  instead: 'Remove the use first, or give a default in the manifest.',
  source: docs.kustomization,
  examples: {
    matches: [
      {
        before:
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {postBuild: {substitute: {APP: web, CLAIM: data}}}\n',
        after:
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {postBuild: {substitute: {APP: web}}}\n',
      },
    ],
    passes: [
      {
        before:
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {postBuild: {substitute: {APP: web}}}\n',
        after:
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {postBuild: {substitute: {APP: web, CLAIM: data}}}\n',
      },
    ],
  },
  *find(change) {
    for (const { before, after } of changedOf(change, 'Kustomization')) {
      const now = asFields(after.field('spec', 'postBuild', 'substitute'));
      const gone = Object.keys(asFields(before.field('spec', 'postBuild', 'substitute'))).filter(
        (name) => !Object.hasOwn(now, name),
      );
      const sources = sourcesOf(after);
      const lost = sourcesOf(before).filter((one) => !sources.some((other) => isSame(one, other)));
      const names = [
        ...gone,
        ...lost.map(
          (one) => `all of ${asText(fieldAt(one, ['kind'])) ?? '?'} ${asText(fieldAt(one, ['name'])) ?? '?'}`,
        ),
      ];
      if (names.length === 0) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `${titleOf(after)} no longer substitutes ${names.join(', ')}: where a manifest still uses it, an empty text is applied, and what is renamed by that is pruned.`,
        instead: 'Look for `${…}` in its folder before the merge; run Flux with strict substitution.',
        probe: `flux diff kustomization ${after.name} --path <its path>`,
        closedBy: 'Flux applies the folder with the empty text',
        at: after.at('spec', 'postBuild'),
      };
    }
  },
};

const sourcesOf = (one: Manifest) => asList(one.field('spec', 'postBuild', 'substituteFrom'));
