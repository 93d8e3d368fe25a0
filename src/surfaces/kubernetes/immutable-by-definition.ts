import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { updatesOf, type Updated } from '../manifest-changes.ts';
import type { ManifestTree } from '../manifest-tree.ts';
import { asFields, asList, asText, titleOf, type Fields } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  names: {kind: Widget}
  versions:
    - name: v1
      schema:
        openAPIV3Schema:
          properties:
            spec:
              properties:
                size: {type: integer}
                region: {type: string, x-kubernetes-validations: [{rule: self == oldSelf, message: is immutable}]}
---
`;
const widget = (spec: string): string =>
  `apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\nspec: {${spec}}\n`;

export const immutableByDefinition: Rule<ManifestFile> = {
  id: 'kubernetes/immutable-by-definition',
  problem:
    'The definition of a kind says by a rule that a field may never change: going forward is refused, and going back too.',
  instead: 'Make a new object beside the old one and move over to it.',
  source:
    'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#transition-rules',
  examples: {
    matches: [{ before: definition + widget('region: a'), after: definition + widget('region: b') }],
    passes: [{ before: definition + widget('size: 1'), after: definition + widget('size: 2') }],
  },
  *find(change) {
    const tree = change.after?.tree;
    if (!tree) return;
    for (const pair of updatesOf(change)) {
      if (!pair.after.group.includes('.')) continue;
      for (const field of fixedFields(pair, tree)) {
        const path = field.split('.');
        const [was, is] = [pair.before.field(...path), pair.after.field(...path)];
        // A rule that compares is asked only when both versions have the field.
        if (was === undefined || is === undefined || isSame(was, is)) continue;
        yield {
          class: 'reversible-with-manual-repair',
          message: `${titleOf(pair.after)}: by its definition ${field} never changes. The change is refused, and so is its revert; what making it anew costs is up to its controller.`,
          instead: 'Make a new object beside it. Read what its controller deletes with the old one before that goes.',
          at: pair.after.at(...path),
        };
      }
    }
  },
};

/** The fields that the definition of this kind, in this version, compares with what they were. */
function fixedFields({ after }: Updated, tree: ManifestTree): readonly string[] {
  const found = tree
    .ofKind('CustomResourceDefinition', 'oldSelf')
    .find((one) => one.field('spec', 'group') === after.group && one.field('spec', 'names', 'kind') === after.kind);
  const version = after.apiVersion.slice(after.apiVersion.indexOf('/') + 1);
  const its = asList(found?.field('spec', 'versions')).find((one) => asFields(one)['name'] === version);
  return [...fixedBelow(asFields(asFields(asFields(its)['schema'])['openAPIV3Schema']), '')];
}

function* fixedBelow(schema: Fields, path: string): Iterable<string> {
  const rules = asList(schema['x-kubernetes-validations']).map((rule) => asText(asFields(rule)['rule']) ?? '');
  if (path !== '' && rules.some((rule) => /^\s*(?:self\s*==\s*oldSelf|oldSelf\s*==\s*self)\s*$/.test(rule))) yield path;
  for (const [name, inner] of Object.entries(asFields(schema['properties'])))
    if (!name.includes('.')) yield* fixedBelow(asFields(inner), path === '' ? name : `${path}.${name}`);
}
