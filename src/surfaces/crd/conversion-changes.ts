import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asFields, asText, type Fields } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { definitionUpdates } from './definition.ts';
import { crdExample } from './example.ts';

const webhook =
  'conversion: {strategy: Webhook, webhook: {conversionReviewVersions: [v1], clientConfig: {service: {name: web, namespace: web}}}}';
const crd = (conversion: string): string => crdExample('{type: object}', undefined, conversion);

export const conversionChanges: Rule<ManifestFile> = {
  id: 'crd/conversion-changes',
  problem:
    'How objects are turned from one version into another changes. While a conversion webhook does not answer, no object can be read in any version but the stored one.',
  instead: 'Roll the controller that answers first and back last, and keep it up while its definition names it.',
  source:
    'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#webhook-conversion',
  examples: {
    matches: [
      { before: crd(''), after: crd(webhook) },
      { before: crd(webhook), after: crd('') },
    ],
    passes: [{ before: crd(''), after: crd('conversion: {strategy: None}') }],
  },
  *find(change) {
    for (const { before, after } of definitionUpdates(change)) {
      const [was, is] = [strategyOf(before.conversion), strategyOf(after.conversion)];
      if (was === is && isSame(targetOf(before.conversion), targetOf(after.conversion))) continue;
      const at = after.manifest.at('spec', 'conversion');
      if (is === 'Webhook') {
        yield {
          class: 'reversible-with-compatibility-window',
          classAfterWrites: 'reversible-with-manual-repair',
          message: `${after.name} is converted by ${was === 'Webhook' ? 'another webhook' : 'a webhook'} from now on. Scaling down or rolling back the controller behind it makes its objects unreadable, and stalls garbage collection and the deletion of namespaces.`,
          instead: 'Roll back the definition before the controller, never after it.',
          inverse: 'apply the previous definition while the webhook still answers',
          closedBy: 'the controller behind the webhook goes',
          at,
        };
      } else {
        yield {
          class: 'reversible-with-compatibility-window',
          classAfterWrites: 'reversible-with-manual-repair',
          message: `${after.name} is no longer converted by a webhook: only apiVersion is rewritten, and fields that differ between versions are pruned at the next write.`,
          instead: 'Migrate every object to the stored version first.',
          inverse: 'apply the previous definition, with the webhook running',
          closedBy: 'an object is written that is stored in another version',
          at,
        };
      }
    }
  },
};

const strategyOf = (conversion: Fields): string => asText(conversion['strategy']) ?? 'None';
/** Who answers. Its certificate is put there by a controller and changes by itself. */
const targetOf = (conversion: Fields) => {
  const config = asFields(asFields(conversion['webhook'])['clientConfig'] ?? conversion['webhookClientConfig']);
  return { service: config['service'] ?? null, url: config['url'] ?? null };
};
