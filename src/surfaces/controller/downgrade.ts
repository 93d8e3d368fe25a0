import type { Rule } from '../../model/surface.ts';
import { directionOf } from '../version-move.ts';
import { controllerMoves, type ControllerFile } from './artifact.ts';
import { releaseExample } from './example.ts';

export const downgrade: Rule<ControllerFile> = {
  id: 'controller/downgrade',
  problem: 'A controller goes back to an older version, which may not read what the newer one stored.',
  instead:
    'First the questions, then the controller: are all stored versions in the old definitions, does the conversion answer, which fields would the old one drop, which finalizers only the new one removes.',
  source: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/',
  examples: {
    matches: [{ before: releaseExample('cert-manager', '1.16.0'), after: releaseExample('cert-manager', '1.15.0') }],
    passes: [{ before: releaseExample('cert-manager', '1.15.0'), after: releaseExample('cert-manager', '1.16.0') }],
  },
  *find(change) {
    for (const { before, after } of controllerMoves(change)) {
      if (directionOf(before.version, after.version) !== 'down') continue;
      const { title, ask } = after.controller;
      yield {
        class: 'reversible-with-manual-repair',
        message: `${title} goes back from ${before.version} to ${after.version}. The older one may not read objects that the newer one stored, and drops fields that it does not know when it writes them. ${ask}`,
        instead:
          'Check stored versions, conversion, fields and finalizers before it goes back; pause reconciliation while it does.',
        inverse: `${after.place}: ${before.version}`,
        closedBy: 'the older version writes an object of the newer one',
        probe: "kubectl get crd -o custom-columns='NAME:.metadata.name,STORED:.status.storedVersions'",
        at: after.at(),
      };
    }
  },
};
