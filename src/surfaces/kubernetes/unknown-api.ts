import type { Rule } from '../../model/surface.ts';
import { presentIn } from '../manifest-changes.ts';
import { titleOf } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { knownVersions } from './api-versions.ts';

export const unknownApi: Rule<ManifestFile> = {
  id: 'kubernetes/unknown-api',
  problem: 'A version of a built-in API group that no release of Kubernetes has served.',
  instead: 'Correct the version; `kubectl api-versions` lists what the cluster serves.',
  source: 'https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/',
  examples: {
    matches: ['apiVersion: apps/v2\nkind: Deployment\nmetadata: {name: web}\n'],
    passes: [
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n',
      'apiVersion: example.com/v7\nkind: Widget\nmetadata: {name: web}\n',
    ],
  },
  *find(change) {
    for (const { before, after } of presentIn(change)) {
      if (before?.apiVersion === after.apiVersion) continue;
      const [version = '', group = ''] = after.apiVersion.split('/').toReversed();
      const known = knownVersions[group];
      if (!known || known.includes(version)) continue;
      yield {
        class: 'reversible-with-manual-repair',
        message: `${titleOf(after)}: no release of Kubernetes serves ${after.apiVersion}. It cannot be applied, and what else is in the change may be applied without it.`,
        instead: `Use one of ${known.map((one) => (group === '' ? one : `${group}/${one}`)).join(', ')}.`,
        probe: 'kubectl api-versions',
        at: after.at('apiVersion'),
      };
    }
  },
};
