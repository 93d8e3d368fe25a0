import type { Rule } from '../../model/surface.ts';
import { directionOf } from '../version-move.ts';
import { controllerMoves, type ControllerFile } from './artifact.ts';
import { releaseExample } from './example.ts';

const instead =
  'Try the way back on one cluster first: its CRDs and stored versions, its conversion and admission webhooks, its RBAC, its finalizers and leader election.';

export const versionChanged: Rule<ControllerFile> = {
  id: 'controller/version-changed',
  problem:
    'A controller changes its version. Going back starts with its definitions: versions, conversion, stored objects; only then comes the controller.',
  instead,
  source: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/',
  examples: {
    matches: [{ before: releaseExample('cert-manager', '1.15.1'), after: releaseExample('cert-manager', '1.16.0') }],
    passes: [
      {
        before: releaseExample('cert-manager', '1.15.1'),
        after: `${releaseExample('cert-manager', '1.15.1')}# the same\n`,
      },
      { before: releaseExample('cert-manager', '1.15.1'), after: releaseExample('cert-manager', '2.0.0') },
    ],
  },
  *find(change) {
    for (const { before, after } of controllerMoves(change)) {
      const direction = directionOf(before.version, after.version);
      if (direction === 'down' || direction === 'major' || stepsOver(before.version, after.version)) continue;
      const { title, ask } = after.controller;
      const definitions = change.after?.definitions.get(title) ?? [];
      yield {
        class: 'fully-reversible',
        classAfterWrites:
          definitions.length > 0 ? 'reversible-with-manual-repair' : 'reversible-with-compatibility-window',
        message: `${title} ${before.version} → ${after.version}. ${
          definitions.length > 0
            ? 'Its definitions change with it: going back, they must still have every stored version, and the conversion must answer.'
            : 'Whether its definitions change with it is not in these files: charts carry them too, and a rollback leaves them as they are.'
        } ${ask}`,
        instead,
        inverse: `${after.place}: ${before.version}`,
        closedBy: 'an object is stored, or written with fields, that the previous version does not know',
        probe: "kubectl get crd -o custom-columns='NAME:.metadata.name,STORED:.status.storedVersions'",
        at: after.at(),
      };
    }
  },
};

/** More than one minor version at once: migrations of the ones between may be left out. */
export function stepsOver(before: string, after: string): boolean {
  const numbers = (text: string): readonly number[] => (/^v?(\d+)\.(\d+)/.exec(text) ?? []).slice(1).map(Number);
  const [a, b] = [numbers(before), numbers(after)];
  return a.length === 2 && b.length === 2 && a[0] === b[0] && (b[1] ?? 0) - (a[1] ?? 0) > 1;
}
