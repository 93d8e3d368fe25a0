import type { SourceFile } from '../model/artifact.ts';
import { Fault } from '../model/fault.ts';
import { manifestsIn } from './manifest-versions.ts';
import type { Manifest } from './manifest.ts';
import { yamlDocuments, type YamlDocument, type YamlReader } from './yaml-stream.ts';

/** Everything that one version holds, changed or not. It is parsed when it is asked for, and only what can answer. */
export interface ManifestTree {
  /** Objects of a kind; with a word, only those whose text holds it: in a large tree few do, and only they are parsed. */
  ofKind(kind: string, word?: string): readonly Manifest[];
  /** The texts that hold a word: for what is named in places that no manifest shows (generators, values). */
  textsWith(word: string): readonly string[];
}

export function manifestTree(
  reader: YamlReader,
  files: readonly SourceFile[],
  version: 'before' | 'after',
): ManifestTree {
  const documents = new Map<SourceFile, readonly YamlDocument[]>();
  const manifests = new Map<YamlDocument, readonly Manifest[]>();
  const documentsOf = (file: SourceFile): readonly YamlDocument[] =>
    known(documents, file, () => yamlDocuments(file[version] ?? ''));
  const manifestsOf = (document: YamlDocument, path: string): readonly Manifest[] =>
    known(manifests, document, () => readable(() => manifestsIn(reader, document, path)));
  const holding = (word: string, other = '') =>
    files.filter((file) => file[version]?.includes(word) === true && file[version].includes(other));
  return {
    ofKind: (kind, word = '') =>
      holding(kind, word).flatMap((file) =>
        documentsOf(file)
          .filter(({ text }) => text.includes(kind) && text.includes(word))
          .flatMap((document) => manifestsOf(document, file.path))
          .filter((one) => one.kind === kind),
      ),
    textsWith: (word) => holding(word).flatMap((file) => file[version] ?? []),
  };
}

function known<Key, Value>(all: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = all.get(key);
  if (found !== undefined) return found;
  const made = make();
  all.set(key, made);
  return made;
}

/** What cannot be read is said where it changes; here it only does not answer. */
function readable(read: () => readonly Manifest[]): readonly Manifest[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault) return [];
    throw error;
  }
}
