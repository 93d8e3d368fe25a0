import type { Rule } from '../../model/surface.ts';
import { isFixed } from '../version-move.ts';
import type { KustomizationFile } from './kustomization-file.ts';
import { remoteBasesOf } from './remote-base.ts';

export const remoteBaseNotFixed: Rule<KustomizationFile> = {
  id: 'kustomize/remote-base-not-fixed',
  problem:
    'Manifests come from a branch, or from wherever the other repository stands. They change without a commit here, and a revert does not bring back what was built.',
  instead: 'Name a commit or a version tag, or keep a copy in the repository.',
  source: 'https://github.com/kubernetes-sigs/kustomize/blob/master/examples/remoteBuild.md',
  examples: {
    matches: [
      'resources: ["https://github.com/fluxcd/flux2/manifests/install?ref=main"]\n',
      'resources: ["https://raw.githubusercontent.com/rancher/local-path-provisioner/master/deploy.yaml"]\n',
      {
        before: 'resources: ["https://github.com/fluxcd/flux2/manifests/install"]\n',
        after: 'resources: ["https://github.com/fluxcd/flux2/manifests/install?ref=v2.3.0"]\n',
      },
    ],
    passes: [
      'resources: ["https://github.com/cert-manager/cert-manager/releases/download/v1.5.3/cert-manager.crds.yaml"]\n',
    ],
  },
  *find({ before, after }) {
    if (!after) return;
    const told = new Set<string>();
    for (const base of remoteBasesOf(after)) {
      if (told.has(base.repository)) continue;
      const old = remoteBasesOf(before).filter(({ repository }) => repository === base.repository);
      if (old.some(({ ref }) => ref === base.ref)) continue;
      const moving = old.find(({ ref }) => !isFixed(ref));
      if (!moving && isFixed(base.ref)) continue;
      told.add(base.repository);
      yield moving
        ? {
            class: 'reversible-with-manual-repair',
            message: `Remote base ${base.repository} was at ${moving.ref ?? 'its default branch'}, which does not say what was built. A revert may bring something newer.`,
            instead: 'Look up the commit of that time in the other repository, and name it.',
            probe: `git ls-remote https://${base.repository}`,
            at: after.at(...base.steps),
          }
        : {
            message: `Remote base ${base.repository} follows ${base.ref ?? 'its default branch'}: what is built changes without a commit here, and no revert undoes that.`,
            instead: 'Name a commit or a version tag.',
            at: after.at(...base.steps),
          };
    }
  },
};
