import type { SourceFile } from '../../model/artifact.ts';
import type { Json } from '../../model/json.ts';
import { asList, asText, type Position } from '../manifest.ts';
import { type Steps, valueAt, yamlDocuments } from '../yaml-documents.ts';

/** A Kustomization or a Component, and the files of the change that may lie under it. */
export interface KustomizationFile {
  readonly path: string;
  readonly value: Json | undefined;
  readonly change: readonly SourceFile[];
  field(...steps: Steps): Json | undefined;
  at(...steps: Steps): Position;
}

export const isKustomization = (path: string, text: string): boolean =>
  /(^|\/)kustomization\.ya?ml$|(^|\/)Kustomization$/.test(path) ||
  /^apiVersion:\s*["']?kustomize\.config\.k8s\.io\//m.test(text);

/** @throws Fault invalid-input at the position */
export async function kustomizationFile(
  path: string,
  text: string,
  change: readonly SourceFile[],
): Promise<KustomizationFile> {
  const [document] = await yamlDocuments(text, path);
  return {
    path,
    value: document?.value,
    change,
    field: (...steps) => valueAt(document?.value, ...steps),
    at: (...steps) => document?.at(...steps) ?? { path, line: 1, column: 1 },
  };
}

export interface Entry {
  readonly text: string;
  readonly steps: Steps;
}

/** Everything that is taken in from other files and places. */
export const entriesOf = (file: KustomizationFile | undefined): readonly Entry[] =>
  ['resources', 'bases', 'components'].flatMap((list) =>
    asList(file?.field(list)).flatMap((one, index) => {
      const text = asText(one);
      return text === undefined ? [] : [{ text, steps: [list, index] }];
    }),
  );

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Where an entry of this file lies, from the root of the change. */
export function resolved(file: KustomizationFile, entry: string): string {
  const parts: string[] = [];
  for (const part of `${folderOf(file.path)}/${entry}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** Files of the change at this path or under it. */
export const filesUnder = (file: KustomizationFile, path: string): readonly SourceFile[] =>
  file.change.filter((one) => one.path === path || one.path.startsWith(`${path}/`) || path === '');

export const filesBeside = (file: KustomizationFile): readonly SourceFile[] => filesUnder(file, folderOf(file.path));
