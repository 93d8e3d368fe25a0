/**
 * The shared reader of Kubernetes objects, for every surface whose files hold them.
 *
 * `readManifests(files)` yields one reading per changed file, its objects paired with what they were: `pairsOf(change)`
 * in a rule. Only documents whose bytes differ are parsed; where something stands is found when a finding asks
 * (`manifest.at('spec', 'selector')`). What else there is, changed or not, is looked up in the file's `tree`. The same
 * file is parsed once, however many surfaces read it. What cannot be read is said once, by the surface `kubernetes`;
 * the others use `readableManifests`.
 */
import type { Reading, SourceFile, Versions } from '../model/artifact.ts';
import type { Fault } from '../model/fault.ts';
import { pairedManifests } from './manifest-pairs.ts';
import { manifestTree, type ManifestTree } from './manifest-tree.ts';
import { parsedFile, type ParsedVersion } from './manifest-versions.ts';
import type { Manifest, ManifestPair } from './manifest.ts';
import { loadYamlReader } from './yaml-stream.ts';

export interface ManifestFile {
  readonly path: string;
  /** Its objects, without those whose document is the same, byte for byte, in the other version. */
  readonly manifests: readonly Manifest[];
  /** Something else writes the YAML first (Helm): what it will hold is not known. */
  readonly isTemplate: boolean;
  readonly pairs: readonly ManifestPair[];
  /** Everything in this version, and in the other. */
  readonly tree: ManifestTree;
  readonly treeBefore: ManifestTree;
}

/** The objects of a change that differ, are new, or are gone. One that was moved here from another file is a pair. */
export const pairsOf = (change: Versions<ManifestFile>): readonly ManifestPair[] =>
  (change.after ?? change.before)?.pairs ?? [];

/** Whether a text can hold a Kubernetes object, by a look at it. */
export const holdsManifests = (path: string, text: string): boolean =>
  /\.(?:ya?ml|json)$/i.test(path) && text.includes('apiVersion') && text.includes('kind');

/** @throws nothing: what cannot be read is a reading of its own, and the other documents of the file are read */
export async function* readManifests(files: readonly SourceFile[]): AsyncIterable<Reading<ManifestFile>> {
  const changed = files.filter((file) => file.before !== file.after);
  if (changed.length === 0) return;
  const reader = await loadYamlReader();
  const parsed = changed.map((file) => ({ path: file.path, ...parsedFile(reader, file) }));
  const pairs = pairedManifests(parsed);
  const treeBefore = manifestTree(reader, files, 'before');
  const tree = manifestTree(reader, files, 'after');
  for (const { path, before, after } of parsed) {
    const fileOf = (version: ParsedVersion): ManifestFile => ({
      path,
      manifests: version.manifests,
      isTemplate: version.isTemplate,
      pairs: pairs.get(path) ?? [],
      tree,
      treeBefore,
    });
    yield { path, ...(before && { before: fileOf(before) }), ...(after && { after: fileOf(after) }) };
    const fault: Fault | undefined = after?.fault ?? before?.fault;
    if (fault) yield { path, unread: fault };
  }
}

/** The same, without what could not be read. */
export async function* readableManifests(files: readonly SourceFile[]): AsyncIterable<Reading<ManifestFile>> {
  for await (const reading of readManifests(files)) if (!('unread' in reading)) yield reading;
}
