import type { Surface } from '../../model/surface.ts';
import { holdsManifests, readManifests, type ManifestFile } from '../manifests.ts';
import { rules } from './registry.ts';

export const kubernetes: Surface<ManifestFile> = {
  name: 'kubernetes',
  summary: 'Kubernetes manifests: the objects that a cluster is told to hold.',
  wayBack: 'Apply the previous manifest.',
  mainRisk: 'Fields that never change in place, data that went with a deleted object, and API versions that are gone.',
  examplePath: 'manifest.yaml',
  recognises: holdsManifests,
  read: readManifests,
  rules: Object.values(rules),
};
