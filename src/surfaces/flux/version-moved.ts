import type { Rule } from '../../model/surface.ts';
import { versionMove } from '../version-move.ts';
import { changedOf, docs, type FluxFile } from './flux-object.ts';
import { isMoving, packageKinds, packageVersionOf } from './package-version.ts';

export const versionMoved: Rule<FluxFile> = {
  id: 'flux/version-moved',
  problem:
    'A chart or a source moves from one version to another. A revert brings the package back, but not the CRDs that it changed, nor data that the newer version has migrated.',
  instead: 'Render both versions before the merge, and revert while nothing is migrated yet.',
  source: docs.release,
  examples: {
    matches: [
      {
        before: release("version: '1.14.0'"),
        after: release("version: '1.14.1'"),
      },
      {
        before:
          'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: loki}\nspec: {ref: {tag: 6.34.0}}\n',
        after:
          'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: loki}\nspec: {ref: {tag: 5.47.2}}\n',
      },
    ],
    passes: [{ before: release('version: 1.14.1'), after: `${release('version: 1.14.1')}  timeout: 5m\n` }],
  },
  *find(change) {
    for (const { before, after } of changedOf(change, ...packageKinds)) {
      const [then, now] = [packageVersionOf(before), packageVersionOf(after)];
      if (!then || !now || then.text === now.text || isMoving(then) || isMoving(now)) continue;
      yield versionMove(now.what, then.text, now.text, after.at(...now.steps));
    }
  },
};

function release(version: string): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: cert-manager}
spec:
  chart:
    spec:
      chart: cert-manager
      ${version}
      sourceRef: {kind: HelmRepository, name: jetstack}
`;
}
