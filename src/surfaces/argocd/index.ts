import type { Surface } from '../../model/surface.ts';
import { type ManifestFile, pairsOf, readableManifests } from '../manifests.ts';
import { rules } from './registry.ts';

export const argocd: Surface<ManifestFile> = {
  name: 'argocd',
  summary: 'Argo CD Applications, ApplicationSets, AppProjects, and what its annotations ask for.',
  wayBack:
    'Revert the commit and sync; switch automatic sync off only for the one Application, and only when it must stop at once.',
  mainRisk:
    'Automatic sync undoes a rollback by hand, and what Argo CD prunes or deletes with an Application comes back empty.',
  examplePath: 'apps/shop.yaml',
  recognises: (path, text) => /\.(ya?ml|json)$/i.test(path) && text.includes('argoproj.io'),
  async *read(files) {
    for await (const reading of readableManifests(files))
      if (!('unread' in reading) && pairsOf(reading).length > 0) yield reading;
  },
  rules: Object.values(rules),
};
