import type { Versions } from '../../model/artifact.ts';
import type { Json } from '../../model/json.ts';
import { updatesOf } from '../manifest-changes.ts';
import { asFields, asList, asText, type Fields, type Manifest } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import type { Step } from '../yaml-position.ts';

/** One version of the kind that a definition defines. */
export interface CrdVersion {
  readonly name: string;
  readonly isServed: boolean;
  readonly isStored: boolean;
  readonly isDeprecated: boolean;
  /** Undefined where nothing is said of the fields. */
  readonly schema: Fields | undefined;
  /** Where the version, and its schema, stand in the manifest. */
  readonly path: readonly Step[];
  readonly schemaPath: readonly Step[];
}

/** A CustomResourceDefinition, in either of its API versions. */
export interface Definition {
  readonly manifest: Manifest;
  /** `widgets.example.com`, as it is called in messages. */
  readonly name: string;
  readonly versions: readonly CrdVersion[];
  /** Nothing is pruned: unknown fields stay in every object. */
  readonly keepsUnknownFields: boolean;
  readonly conversion: Fields;
}

/** The definition that a manifest holds. Version 1beta1 had one schema for all versions, and pruned only when told. */
function definitionOf(manifest: Manifest): Definition {
  const isFirst = manifest.apiVersion.endsWith('/v1');
  const common = ['spec', 'validation', 'openAPIV3Schema'];
  const listed = asList(manifest.field('spec', 'versions'));
  const single = asText(manifest.field('spec', 'version'));
  const all: readonly Json[] =
    listed.length > 0 || single === undefined ? listed : [{ name: single, served: true, storage: true }];
  return {
    manifest,
    name: manifest.name,
    versions: all.map((each, index) => {
      const version = asFields(each);
      const path = listed.length > 0 ? ['spec', 'versions', index] : ['spec', 'version'];
      const isOwn = asFields(version['schema'])['openAPIV3Schema'] !== undefined;
      const schemaPath = isOwn ? [...path, 'schema', 'openAPIV3Schema'] : common;
      const schema = manifest.field(...schemaPath);
      return {
        name: asText(version['name']) ?? '',
        isServed: version['served'] !== false,
        isStored: version['storage'] === true,
        isDeprecated: version['deprecated'] === true,
        schema: schema === undefined ? undefined : asFields(schema),
        path,
        schemaPath,
      };
    }),
    keepsUnknownFields: isFirst
      ? manifest.field('spec', 'preserveUnknownFields') === true
      : manifest.field('spec', 'preserveUnknownFields') !== false,
    conversion: asFields(manifest.field('spec', 'conversion')),
  };
}

interface DefinitionUpdate {
  readonly before: Definition;
  readonly after: Definition;
}

export function* definitionUpdates(change: Versions<ManifestFile>): Iterable<DefinitionUpdate> {
  for (const { before, after } of updatesOf(change, 'CustomResourceDefinition'))
    yield { before: definitionOf(before), after: definitionOf(after) };
}

/** Versions that both definitions have. */
export const sharedVersions = ({
  before,
  after,
}: DefinitionUpdate): readonly { before: CrdVersion; after: CrdVersion }[] =>
  after.versions.flatMap((one) => {
    const old = before.versions.find(({ name }) => name === one.name);
    return old ? [{ before: old, after: one }] : [];
  });

export const storedIn = ({ versions }: Definition): string | undefined => versions.find((one) => one.isStored)?.name;
