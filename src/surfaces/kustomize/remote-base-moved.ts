import type { Rule } from '../../model/surface.ts';
import { isFixed, versionMove } from '../version-move.ts';
import type { KustomizationFile } from './kustomization-file.ts';
import { remoteBasesOf } from './remote-base.ts';

export const remoteBaseMoved: Rule<KustomizationFile> = {
  id: 'kustomize/remote-base-moved',
  problem:
    'Manifests of another repository move to another version. The diff shows one line; what it changes, CRDs included, is only seen by building both.',
  instead: 'Build both versions and compare them before the merge.',
  source: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',
  examples: {
    matches: [
      {
        before: 'resources: ["https://github.com/fluxcd/flux2/manifests/install?ref=v2.2.3"]\n',
        after: 'resources: ["https://github.com/fluxcd/flux2/manifests/install?ref=v2.3.0"]\n',
      },
    ],
    passes: [
      {
        before: 'resources: ["https://github.com/fluxcd/flux2/manifests/install?ref=v2.2.3"]\n',
        after: 'resources: ["https://github.com/fluxcd/flux2/manifests/install?ref=v2.2.3", a.yaml]\n',
      },
    ],
  },
  *find({ before, after }) {
    if (!before || !after) return;
    const told = new Set<string>();
    for (const base of remoteBasesOf(after)) {
      const old = remoteBasesOf(before).filter(({ repository }) => repository === base.repository);
      const then = old.find(({ ref }) => ref !== base.ref && isFixed(ref))?.ref;
      if (then === undefined || base.ref === undefined || told.has(base.repository) || !isFixed(base.ref)) continue;
      if (old.some(({ ref }) => ref === base.ref)) continue;
      told.add(base.repository);
      yield versionMove(`Remote base ${base.repository}`, then, base.ref, after.at(...base.steps));
    }
  },
};
