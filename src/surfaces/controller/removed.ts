import type { Rule } from '../../model/surface.ts';
import type { ControllerFile } from './artifact.ts';
import { releaseExample } from './example.ts';

export const removed: Rule<ControllerFile> = {
  id: 'controller/removed',
  problem:
    'A controller is removed. Its finalizers, webhooks and conversions stay behind, and what they guard can then be neither deleted nor written, nor read.',
  instead: 'Remove the objects of its kinds first, then its webhooks, then the controller, and the definitions last.',
  source: 'https://cert-manager.io/docs/installation/kubectl/#uninstalling',
  examples: {
    matches: [{ before: releaseExample('cert-manager', '1.16.0') }],
    passes: [{ before: releaseExample('cert-manager', '1.16.0'), after: releaseExample('cert-manager', '1.16.1') }],
  },
  *find(change) {
    const { present } = change.before ?? {};
    const told = new Set<string>();
    for (const use of change.before?.uses ?? []) {
      const { title, ask } = use.controller;
      if (present?.has(title) === true || told.has(title)) continue;
      told.add(title);
      yield {
        class: 'reversible-with-manual-repair',
        message: `${title} is removed. Objects with its finalizers cannot be deleted, and its webhooks refuse what they watch, until somebody clears them away by hand. ${ask}`,
        instead:
          'Remove the objects of its kinds first, then its webhooks, then the controller, and the definitions last.',
        inverse: `${use.place}: ${use.version}`,
        closedBy: 'its definitions are removed, and all objects with them',
        probe: 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations,crd',
        at: use.at(),
      };
    }
  },
};
