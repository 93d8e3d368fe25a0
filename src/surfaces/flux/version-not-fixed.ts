import type { Rule } from '../../model/surface.ts';
import { docs, type FluxFile, fluxPairs } from './flux-object.ts';
import { isMoving, packageKinds, packageVersionOf } from './package-version.ts';

export const versionNotFixed: Rule<FluxFile> = {
  id: 'flux/version-not-fixed',
  problem:
    'A range, a branch or a moving tag decides which version runs. It changes without a commit, so a revert brings back the reference and not what ran.',
  instead: 'Name one version, a digest or a commit, and let a bot propose the next one.',
  source: docs.oci,
  examples: {
    matches: [
      {
        before:
          'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: app}\nspec: {ref: {semver: 1.x}}\n',
        after:
          'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: app}\nspec: {ref: {tag: 1.4.2}}\n',
      },
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: app}\nspec: {ref: {branch: main}}\n',
    ],
    passes: [
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: app}\nspec: {ref: {tag: 1.4.2}}\n',
      {
        before:
          'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: app}\nspec: {ref: {branch: main}}\n',
        after:
          'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: app}\nspec: {interval: 1h, ref: {branch: main}}\n',
      },
    ],
  },
  *find(change) {
    for (const { before, after } of fluxPairs(change, ...packageKinds)) {
      const then = before && packageVersionOf(before);
      const now = after && packageVersionOf(after);
      if (!after || !now || then?.text === now.text) continue;
      const at = after.at(...now.steps);
      if (then && isMoving(then)) {
        yield {
          class: 'reversible-with-manual-repair',
          message: `${now.what} was at ${then.text}, which does not say what ran. A revert may bring a newer version than the one before.`,
          instead: `Write down the version that runs now (${probe}), and go back to that one by name.`,
          probe: `${probe} # of ${after.name}`,
          at,
        };
      } else if (isMoving(now)) {
        yield {
          message: `${now.what} follows ${now.text}, which moves without a commit: no revert can undo such a move.`,
          instead: 'Name one version, a digest or a commit.',
          at,
        };
      }
    }
  },
};

const probe =
  'kubectl get helmreleases,ocirepositories,gitrepositories -A -o custom-columns=NAME:.metadata.name,RUNS:.status.history[0].chartVersion,REVISION:.status.artifact.revision';
