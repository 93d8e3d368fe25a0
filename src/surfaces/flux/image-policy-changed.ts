import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { titleOf } from '../manifest.ts';
import { changedOf, docs, type FluxFile, presentOf } from './flux-object.ts';

export const imagePolicyChanged: Rule<FluxFile> = {
  id: 'flux/image-policy-changed',
  problem:
    'Which images the automation may choose changes. It commits its choice by itself, and a revert of the policy does not take that commit back.',
  instead: 'Let the automation push to a branch that is reviewed, and revert its commit too.',
  source: docs.policy,
  examples: {
    matches: [
      {
        before:
          'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata: {name: web}\nspec: {policy: {semver: {range: 1.0.x}}}\n',
        after:
          'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata: {name: web}\nspec: {policy: {semver: {range: 1.x}}}\n',
      },
    ],
    passes: [
      'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata: {name: web}\nspec: {policy: {semver: {range: 1.0.x}}}\n',
    ],
  },
  *find(change) {
    for (const { before, after } of changedOf(change, 'ImagePolicy')) {
      if (isSame(before.field('spec'), after.field('spec'))) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `${titleOf(after)} chooses among other images now. What the automation has committed by then needs a revert of its own.`,
        instead: 'Going back, suspend the automation, revert the policy and its commits, then resume.',
        closedBy: 'the automation commits an image that only the new policy allows',
        at: after.at('spec', 'policy'),
      };
    }
    for (const { before, after } of presentOf(change, 'ImageUpdateAutomation')) {
      if (after.field('spec', 'suspend') === true || (before && before.field('spec', 'suspend') !== true)) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `${titleOf(after)} starts to commit images by itself: a revert of one of them is overwritten at its next run.`,
        instead: 'Let it push to a branch that is reviewed; suspend it before any revert.',
        inverse: `flux suspend image update ${after.name}`,
        closedBy: 'its first commit',
        at: after.at('metadata', 'name'),
      };
    }
  },
};
