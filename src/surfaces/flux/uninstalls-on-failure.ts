import type { Rule } from '../../model/surface.ts';
import { asText, titleOf } from '../manifest.ts';
import { docs, type FluxFile, presentOf } from './flux-object.ts';

export const uninstallsOnFailure: Rule<FluxFile> = {
  id: 'flux/uninstalls-on-failure',
  problem:
    'When an upgrade fails, Flux uninstalls the release instead of rolling it back: everything that the chart made is deleted.',
  instead: 'Use the strategy `rollback`.',
  source: docs.release,
  examples: {
    matches: [
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {upgrade: {remediation: {strategy: uninstall, retries: 3}}}\n',
    ],
    passes: [
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {upgrade: {remediation: {strategy: rollback, retries: 3}}}\n',
    ],
  },
  *find(change) {
    const steps = ['spec', 'upgrade', 'remediation', 'strategy'];
    for (const { before, after } of presentOf(change, 'HelmRelease')) {
      if (asText(after.field(...steps)) !== 'uninstall' || asText(before?.field(...steps)) === 'uninstall') continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `${titleOf(after)} is uninstalled when an upgrade fails: volume claims that the chart made are deleted with their data.`,
        instead: 'Use `strategy: rollback`.',
        inverse: 'strategy: rollback',
        closedBy: 'an upgrade fails',
        at: after.at(...steps),
      };
    }
  },
};
