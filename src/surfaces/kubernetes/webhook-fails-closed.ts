import type { Rule } from '../../model/surface.ts';
import { presentIn } from '../manifest-changes.ts';
import { placedItems } from '../manifest-pods.ts';
import { asText, titleOf, type Manifest } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';

const kinds = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];
const named = (more: string): string =>
  `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: guard}\nwebhooks: [{name: a.example.com${more}}]\n`;

/** By the name of the webhook: version 1 fails closed where nothing is said, the versions before failed open. */
function failsClosed(manifest: Manifest): ReadonlyMap<string, boolean> {
  const silence = manifest.apiVersion.endsWith('/v1') ? 'Fail' : 'Ignore';
  const webhooks = placedItems({ value: manifest.value, path: [] }, 'webhooks');
  return new Map(
    webhooks.map(({ value }) => [asText(value['name']) ?? '', (asText(value['failurePolicy']) ?? silence) === 'Fail']),
  );
}

export const webhookFailsClosed: Rule<ManifestFile> = {
  id: 'kubernetes/webhook-fails-closed',
  problem:
    'An admission webhook refuses everything while it does not answer, the rollback of its own backend included.',
  instead:
    'Exempt the namespaces of the backend and of the deployer with a namespaceSelector, and keep failurePolicy Ignore until it has proved itself.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy',
  examples: {
    matches: [named('')],
    passes: [named(', failurePolicy: Ignore'), { before: named(''), after: named(', timeoutSeconds: 5') }],
  },
  *find(change) {
    for (const { before, after } of presentIn(change, ...kinds)) {
      const was = before ? failsClosed(before) : undefined;
      for (const { value, path } of placedItems({ value: after.value, path: [] }, 'webhooks')) {
        const name = asText(value['name']) ?? '';
        if (failsClosed(after).get(name) !== true || was?.get(name) === true) continue;
        const isScoped = value['namespaceSelector'] !== undefined || value['objectSelector'] !== undefined;
        yield {
          class: isScoped ? 'reversible-with-compatibility-window' : 'reversible-with-manual-repair',
          message: `${titleOf(after)}: ${name} fails closed${isScoped ? '' : ', in every namespace'}. While its backend does not answer, what it watches cannot be written, and that may be the rollback.`,
          instead: 'Exempt the backend and the deployer, or start with failurePolicy: Ignore.',
          inverse: `kubectl delete ${after.kind.toLowerCase()} ${after.name}`,
          closedBy: 'the backend stops answering',
          at: after.at(...path, 'failurePolicy'),
        };
      }
    }
  },
};
