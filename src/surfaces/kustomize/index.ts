import { Fault } from '../../model/fault.ts';
import type { Surface } from '../../model/surface.ts';
import { holdsManifests } from '../manifests.ts';
import { isKustomization, type KustomizationFile, kustomizationFile } from './kustomization-file.ts';
import { rules } from './registry.ts';

export const kustomize: Surface<KustomizationFile> = {
  name: 'kustomize',
  summary: 'Kustomizations and components: which manifests are taken in, and what is changed in them.',
  wayBack: 'Revert the commit, build both versions and compare them.',
  mainRisk: 'The output moves when a base moved: what a revert builds today is not what was built then.',
  examplePath: 'overlays/production/kustomization.yaml',
  /** Manifests too: what a Kustomization no longer lists is looked for in the other files of the change. */
  recognises: (path, text) => isKustomization(path, text) || holdsManifests(path, text),
  async *read(files) {
    for (const { path, before, after } of files) {
      if (before === after || !isKustomization(path, after ?? before ?? '')) continue;
      try {
        yield {
          path,
          ...(before !== undefined && { before: await kustomizationFile(path, before, files) }),
          ...(after !== undefined && { after: await kustomizationFile(path, after, files) }),
        };
      } catch (error) {
        yield { path, unread: Fault.from(error) };
      }
    }
  },
  rules: Object.values(rules),
};
