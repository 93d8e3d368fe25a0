import type { Rule } from '../../model/surface.ts';
import { addedIn } from '../manifest-changes.ts';
import type { ManifestFile } from '../manifests.ts';
import { crdExample } from './example.ts';

export const definitionAdded: Rule<ManifestFile> = {
  id: 'crd/definition-added',
  problem: 'A new kind. Where a revert deletes the definition, every object that was made of it meanwhile goes too.',
  instead: 'Install definitions by themselves, and leave them where they are when the controller goes back.',
  source: 'https://helm.sh/docs/chart_best_practices/custom_resource_definitions/',
  examples: {
    matches: [crdExample('{type: object}')],
    passes: [{ before: crdExample('{type: object}'), after: crdExample('{type: object, description: a}') }],
  },
  *find(change) {
    for (const added of addedIn(change, 'CustomResourceDefinition')) {
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'non-recoverable-without-restore',
        message: `${added.name} is new. A revert that prunes it deletes every object of its kind; one that does not leaves it behind, which is the safer of the two.`,
        instead: 'Go back with the controller alone and keep the definition, or export its objects first.',
        inverse: `kubectl delete crd ${added.name}, once no object of it is left`,
        closedBy: 'the first object of its kind is made',
        probe: `kubectl get ${added.name} --all-namespaces`,
        at: added.at('metadata', 'name'),
      };
    }
  },
};
