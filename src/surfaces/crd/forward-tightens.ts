import type { Rule } from '../../model/surface.ts';
import type { ManifestFile } from '../manifests.ts';
import { someOf } from '../some-of.ts';
import { definitionUpdates, sharedVersions } from './definition.ts';
import { crdExample } from './example.ts';
import { placesInBoth } from './schema.ts';
import { demandsOf, limitsOf, placeName } from './stricter.ts';

export const forwardTightens: Rule<ManifestFile> = {
  id: 'crd/forward-tightens',
  problem: 'The new definition refuses what the old one let through: objects that exist may no longer be written.',
  instead: 'Correct the objects first, or tighten only in a new version of the kind.',
  source:
    'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-ratcheting',
  examples: {
    matches: [{ before: crdExample('{type: object}'), after: crdExample('{type: object, required: [spec]}') }],
    passes: [{ before: crdExample('{type: object, required: [spec]}'), after: crdExample('{type: object}') }],
  },
  *find(change) {
    for (const update of definitionUpdates(change)) {
      for (const { before, after } of sharedVersions(update)) {
        const found = [...placesInBoth(before.schema ?? {}, after.schema ?? {})].flatMap((place) =>
          [demandsOf, limitsOf].flatMap((stricter) =>
            stricter(place.before, place.after, placeName(place)).map(({ what, key }) => ({
              what,
              path: [...place.path, key],
            })),
          ),
        );
        const [first] = found;
        if (!first) continue;
        const { name, manifest } = update.after;
        yield {
          class: 'fully-reversible',
          classAfterWrites: 'reversible-with-compatibility-window',
          message: `${name} ${after.name}: from now on ${someOf(found.map(({ what }) => what))}. Objects that do not are refused at their next write, by their controller too.`,
          instead:
            'Try the objects that exist against the new definition, with a server-side dry run, before it is applied.',
          inverse: 'apply the previous definition',
          probe: `kubectl get ${name} --all-namespaces -o yaml | kubectl apply --dry-run=server -f -`,
          at: manifest.at(...after.schemaPath, ...first.path),
        };
      }
    }
  },
};
