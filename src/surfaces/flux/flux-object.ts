import type { Versions } from '../../model/artifact.ts';
import type { Manifest, ManifestPair } from '../manifest.ts';
import { type ManifestFile, pairsOf } from '../manifests.ts';

/** A file with Flux's objects, or with the marks by which its image automation finds what it may rewrite. */
export interface FluxFile extends ManifestFile {
  readonly text: string;
}

/** Kustomize's own `Kustomization` has another group. */
export const isFluxObject = ({ group }: Manifest): boolean => /(^|\.)fluxcd\.io$/.test(group);

const isOf = (kinds: readonly string[], one: Manifest | undefined): boolean =>
  one !== undefined && isFluxObject(one) && kinds.includes(one.kind);

export const fluxPairs = (change: Versions<ManifestFile>, ...kinds: readonly string[]): readonly ManifestPair[] =>
  pairsOf(change).filter(({ before, after }) => isOf(kinds, after ?? before));

interface BothVersions {
  readonly before: Manifest;
  readonly after: Manifest;
}

/** Objects of these kinds that are in both versions. */
export const changedOf = (change: Versions<ManifestFile>, ...kinds: readonly string[]): readonly BothVersions[] =>
  fluxPairs(change, ...kinds).flatMap(({ before, after }) => (before && after ? [{ before, after }] : []));

/** Objects of these kinds that the change takes away. */
export const removedOf = (change: Versions<ManifestFile>, ...kinds: readonly string[]): readonly Manifest[] =>
  fluxPairs(change, ...kinds).flatMap(({ before, after }) => (before && !after ? [before] : []));

/** Objects of these kinds that are there afterwards, with what they were. */
export const presentOf = (
  change: Versions<ManifestFile>,
  ...kinds: readonly string[]
): readonly (ManifestPair & { readonly after: Manifest })[] =>
  fluxPairs(change, ...kinds).flatMap(({ before, after }) => (after ? [{ ...(before && { before }), after }] : []));

/** Where Flux documents them. */
export const docs = {
  release: 'https://fluxcd.io/flux/components/helm/helmreleases/',
  kustomization: 'https://fluxcd.io/flux/components/kustomize/kustomizations/',
  oci: 'https://fluxcd.io/flux/components/source/ocirepositories/',
  git: 'https://fluxcd.io/flux/components/source/gitrepositories/',
  automation: 'https://fluxcd.io/flux/components/image/imageupdateautomations/',
  policy: 'https://fluxcd.io/flux/components/image/imagepolicies/',
} as const;
