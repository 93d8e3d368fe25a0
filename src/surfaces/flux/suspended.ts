import type { Rule } from '../../model/surface.ts';
import { titleOf } from '../manifest.ts';
import { pairsOf } from '../manifests.ts';
import { docs, type FluxFile, isFluxObject } from './flux-object.ts';

export const suspended: Rule<FluxFile> = {
  id: 'flux/suspended',
  problem: 'The object is suspended: nothing that is committed from now on is applied, and neither is a revert.',
  instead: 'Say in the change who resumes it and when.',
  source: docs.kustomization,
  examples: {
    matches: [
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {suspend: true}\n',
    ],
    passes: ['apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {}\n'],
  },
  *find(change) {
    for (const { before, after } of pairsOf(change)) {
      if (!after || !isFluxObject(after)) continue;
      if (after.field('spec', 'suspend') !== true || before?.field('spec', 'suspend') === true) continue;
      yield {
        class: 'fully-reversible',
        message: `${titleOf(after)} is suspended: until it is resumed, neither a fix nor a revert reaches the cluster. It stays open work.`,
        instead: 'Name who resumes it, and when.',
        inverse: `flux resume ${words[after.kind] ?? after.kind.toLowerCase()} ${after.name}`,
        probe: 'flux get all -A --status-selector ready=false',
        at: after.at('spec', 'suspend'),
      };
    }
  },
};

/** What the command line calls the kinds that it does not call by their own name. */
const words: Readonly<Record<string, string>> = {
  GitRepository: 'source git',
  OCIRepository: 'source oci',
  HelmRepository: 'source helm',
  Bucket: 'source bucket',
  HelmChart: 'source chart',
  ImageRepository: 'image repository',
  ImageUpdateAutomation: 'image update',
  Alert: 'alert',
};
