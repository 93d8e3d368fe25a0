import { asText, type Manifest } from '../manifest.ts';

/** Marks by which an object outlives its removal from the files, each with the tool that reads it. */
const marks: readonly { readonly annotation: string; readonly keeps: RegExp }[] = [
  { annotation: 'helm.sh/resource-policy', keeps: /^keep$/ },
  { annotation: 'argocd.argoproj.io/sync-options', keeps: /(^|,)\s*(Prune|Delete)=(false|confirm)/ },
  { annotation: 'kustomize.toolkit.fluxcd.io/prune', keeps: /^disabled$/i },
];

export const keptBy = (manifest: Manifest): readonly string[] =>
  marks.flatMap(({ annotation, keeps }) =>
    keeps.test(asText(manifest.field('metadata', 'annotations', annotation)) ?? '') ? [annotation] : [],
  );

export const isKept = (manifest: Manifest): boolean => keptBy(manifest).length > 0;
