import type { Rule } from '../../model/surface.ts';
import { asNumber, titleOf } from '../manifest.ts';
import { changedOf, docs, type FluxFile } from './flux-object.ts';

export const remediationRemoved: Rule<FluxFile> = {
  id: 'flux/remediation-removed',
  problem: 'Failed upgrades are no longer rolled back by Flux: the release stays half upgraded until a person acts.',
  instead: 'Keep `upgrade.remediation.retries` above zero, with `remediateLastFailure: true`.',
  source: docs.release,
  examples: {
    matches: [
      {
        before:
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {upgrade: {remediation: {retries: 3}}}\n',
        after: 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {upgrade: {}}\n',
      },
    ],
    passes: [
      {
        before:
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {upgrade: {remediation: {retries: 3}}}\n',
        after:
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {upgrade: {remediation: {retries: 1}}}\n',
      },
    ],
  },
  *find(change) {
    const steps = ['spec', 'upgrade', 'remediation', 'retries'];
    for (const { before, after } of changedOf(change, 'HelmRelease')) {
      if ((asNumber(before.field(...steps)) ?? 0) === 0 || (asNumber(after.field(...steps)) ?? 0) !== 0) continue;
      if (after.field('spec', 'upgrade', 'strategy') !== undefined) continue;
      yield {
        class: 'fully-reversible',
        message: `${titleOf(after)} is no longer rolled back by Flux when an upgrade fails: it stays half upgraded.`,
        instead: 'Keep `upgrade.remediation.retries` above zero.',
        at: after.at(...steps),
      };
    }
  },
};
