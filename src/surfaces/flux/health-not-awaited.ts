import type { Rule } from '../../model/surface.ts';
import { asList, type Manifest, titleOf } from '../manifest.ts';
import { changedOf, docs, type FluxFile } from './flux-object.ts';

export const healthNotAwaited: Rule<FluxFile> = {
  id: 'flux/health-not-awaited',
  problem:
    'Flux no longer waits until what it applied is healthy: a broken version, and a broken way back, count as a success.',
  instead: 'Keep waiting, or name the objects that prove health.',
  source: docs.kustomization,
  examples: {
    matches: [
      {
        before:
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {wait: true}\n',
        after:
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {wait: false}\n',
      },
      {
        before:
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {upgrade: {}}\n',
        after:
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {upgrade: {disableWait: true}}\n',
      },
    ],
    passes: [
      {
        before:
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {healthChecks: [{kind: Deployment, name: web}]}\n',
        after:
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {wait: true}\n',
      },
    ],
  },
  *find(change) {
    for (const { before, after } of changedOf(change, 'Kustomization', 'HelmRelease')) {
      const off = waitingOff[after.kind]?.(after);
      if (!off || waitingOff[after.kind]?.(before)) continue;
      yield {
        class: 'fully-reversible',
        message: `${titleOf(after)} no longer waits for health: Flux reports success while pods fail, in a recovery too.`,
        instead: 'Keep waiting, or list what proves health in `healthChecks`.',
        at: after.at(...off),
      };
    }
  },
};

/** Where it says that nobody waits. */
const waitingOff: Readonly<Record<string, (one: Manifest) => readonly string[] | undefined>> = {
  Kustomization: (one) =>
    one.field('spec', 'wait') === true || asList(one.field('spec', 'healthChecks')).length > 0
      ? undefined
      : ['spec', 'wait'],
  HelmRelease: (one) =>
    [
      ['spec', 'upgrade', 'disableWait'],
      ['spec', 'rollback', 'disableWait'],
      ['spec', 'install', 'disableWait'],
    ].find((steps) => one.field(...steps) === true),
};
