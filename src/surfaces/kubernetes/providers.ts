import type { ManifestTree } from '../manifest-tree.ts';
import { asFields, asList, asText, type Manifest } from '../manifest.ts';
import type { Reference } from './references.ts';

/** Kinds whose controllers make a Secret, and where they say its name; else it is their own. */
const secretMakers: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Secret: [],
  SealedSecret: [['spec', 'template', 'metadata', 'name']],
  ExternalSecret: [['spec', 'target', 'name']],
  Certificate: [['spec', 'secretName']],
  VaultStaticSecret: [['spec', 'destination', 'name']],
  OnePasswordItem: [],
  BitwardenSecret: [['spec', 'secretName']],
  SopsSecret: [],
};
const makers: Readonly<Record<Reference['kind'], Readonly<Record<string, readonly (readonly string[])[]>>>> = {
  Secret: secretMakers,
  ConfigMap: { ConfigMap: [] },
  PersistentVolumeClaim: { PersistentVolumeClaim: [], ReplicationDestination: [] },
  ServiceAccount: { ServiceAccount: [] },
};

/** The names of the objects that a manifest brings into being, of one kind. */
function namesMadeBy(of: Manifest, paths: readonly (readonly string[])[]): readonly string[] {
  const told = paths.flatMap((path) => asText(of.field(...path)) ?? []);
  return told.length > 0 ? told : [of.name];
}

/** Whether anything in a tree provides what is asked for, or may: a generator, a chart, a substitution. */
export function isProvided(reference: Reference, by: Manifest, tree: ManifestTree): boolean {
  if (reference.name.includes('$')) return true;
  const isMade = Object.entries(makers[reference.kind]).some(([kind, paths]) =>
    tree
      .ofKind(kind, reference.name)
      .some((one) => isNear(one, by) && namesMadeBy(one, paths).includes(reference.name)),
  );
  return isMade || isGenerated(reference, tree) || isClaimTemplate(reference, by);
}

const isNear = (one: Manifest, by: Manifest): boolean =>
  one.namespace === by.namespace || one.namespace === '' || by.namespace === '';

/** Kustomize makes ConfigMaps and Secrets from lists that name them. */
const isGenerated = ({ name }: Reference, tree: ManifestTree): boolean =>
  tree.textsWith('Generator').some((text) => text.includes(name));

const isClaimTemplate = ({ kind, name }: Reference, by: Manifest): boolean =>
  kind === 'PersistentVolumeClaim' &&
  asList(by.field('spec', 'volumeClaimTemplates')).some(
    (template) => asText(asFields(asFields(template)['metadata'])['name']) === name,
  );
