import type { Json } from '../../model/json.ts';
import { isObject, isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asList, asText, fieldAt, type Manifest } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { changedOf, docs } from './argo-object.ts';
import { applicationSet } from './example.ts';

export const generatorNarrowed: Rule<ManifestFile> = {
  id: 'argocd/generator-narrowed',
  problem:
    'The ApplicationSet makes fewer Applications, or others. Those that it no longer makes are deleted with everything they deployed, data included.',
  instead: 'Set `preserveResourcesOnDeletion: true` or `applicationsSync: create-update` in an earlier change.',
  source: docs.setDeletion,
  examples: {
    matches: [
      {
        before: applicationSet('generators: [{list: {elements: [{name: a}, {name: b}]}}]'),
        after: applicationSet('generators: [{list: {elements: [{name: a}]}}]'),
      },
      {
        before: applicationSet('template: {metadata: {name: "{{name}}"}}'),
        after: applicationSet('template: {metadata: {name: "{{name}}-shop"}}'),
      },
      {
        before: applicationSet('generators: [{clusters: {}}]'),
        after: applicationSet('generators: [{clusters: {selector: {matchLabels: {env: prod}}}}]'),
      },
    ],
    passes: [
      {
        before: applicationSet('generators: [{list: {elements: [{name: a}]}}]'),
        after: applicationSet('generators: [{list: {elements: [{name: a}, {name: b}]}}]'),
      },
    ],
  },
  *find(change) {
    for (const { before, after } of changedOf(change, 'ApplicationSet')) {
      const isRenamed = nameOf(before) !== undefined && nameOf(before) !== nameOf(after);
      const [then, now] = [before, after].map((one) => one.field('spec', 'generators'));
      if (!isRenamed && (then === undefined || isOnlyWider(then, now))) continue;
      const isPreserved = preserves(before) && preserves(after);
      yield {
        class: isPreserved ? 'fully-reversible' : 'reversible-with-manual-repair',
        message: isPreserved
          ? `ApplicationSet ${after.name} no longer makes some Applications. What they deployed stays; a revert takes it over again.`
          : `ApplicationSet ${after.name} ${isRenamed ? 'names its Applications otherwise' : 'may make fewer Applications'}: those that go take everything they deployed with them, volume claims included.`,
        instead:
          'Preview what it makes with `argocd appset generate` in both versions; preserve resources before narrowing it.',
        probe: `kubectl get applications -n argocd; argocd appset generate <file>`,
        ...(!isPreserved && { closedBy: 'the controller deletes the first Application' }),
        at: isRenamed ? after.at('spec', 'template', 'metadata', 'name') : after.at('spec', 'generators'),
      };
    }
  },
};

const nameOf = (one: Manifest): string | undefined => asText(one.field('spec', 'template', 'metadata', 'name'));

const preserves = (one: Manifest): boolean =>
  one.field('spec', 'syncPolicy', 'preserveResourcesOnDeletion') === true ||
  ['create-only', 'create-update'].includes(asText(one.field('spec', 'syncPolicy', 'applicationsSync')) ?? '');

/** Elements of lists were only added: anything else may have narrowed it, and is taken for it. */
function isOnlyWider(before: Json, after: Json | undefined): boolean {
  if (isSame(before, after)) return true;
  if (Array.isArray(before))
    return asList(before).every((one) => asList(after).some((other) => isOnlyWider(one, other)));
  if (!isObject(before) || !isObject(after)) return false;
  const keys = Object.keys(before);
  return (
    keys.length === Object.keys(after).length &&
    keys.every((key) => isOnlyWider(fieldAt(before, [key]) ?? null, fieldAt(after, [key])))
  );
}
