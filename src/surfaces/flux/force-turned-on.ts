import type { Rule } from '../../model/surface.ts';
import { titleOf } from '../manifest.ts';
import { docs, type FluxFile, presentOf } from './flux-object.ts';

export const forceTurnedOn: Rule<FluxFile> = {
  id: 'flux/force-turned-on',
  problem:
    'With `force`, Flux deletes and makes again every object that it cannot change in place: claims lose their data, Services their address.',
  instead: 'Put the annotation `kustomize.toolkit.fluxcd.io/force: enabled` on the one object, for the one change.',
  source: docs.kustomization,
  examples: {
    matches: [
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {force: true}\n',
    ],
    passes: [
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {force: false}\n',
    ],
  },
  *find(change) {
    for (const { before, after } of presentOf(change, 'Kustomization', 'HelmRelease')) {
      const steps = [
        ['spec', 'force'],
        ['spec', 'upgrade', 'force'],
        ['spec', 'rollback', 'force'],
      ].find((one) => after.field(...one) === true && before?.field(...one) !== true);
      if (!steps) continue;
      const isRelease = after.kind === 'HelmRelease';
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: isRelease
          ? `${titleOf(after)} replaces what it cannot change: fields that others set, and the address of a Service, are lost.`
          : `${titleOf(after)} deletes and makes again what it cannot change in place, in the revert too: a volume claim comes back empty.`,
        instead: 'Force the one object, for the one change, by its annotation.',
        inverse: 'force: false',
        closedBy: 'Flux makes the first object again',
        at: after.at(...steps),
      };
    }
  },
};
