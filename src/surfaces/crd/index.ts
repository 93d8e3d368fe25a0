import type { Surface } from '../../model/surface.ts';
import { readableManifests, type ManifestFile } from '../manifests.ts';
import { rules } from './registry.ts';

export const crd: Surface<ManifestFile> = {
  name: 'crd',
  summary:
    'Custom resource definitions: the kinds that controllers add to a cluster, and how their objects are stored.',
  wayBack: 'Apply the previous definition, after the objects fit it again.',
  mainRisk: 'Objects stored in a version, or with fields, that the previous definition does not know.',
  examplePath: 'crd.yaml',
  recognises: (path, text) => /\.(?:ya?ml|json)$/i.test(path) && text.includes('CustomResourceDefinition'),
  read: readableManifests,
  rules: Object.values(rules),
};
