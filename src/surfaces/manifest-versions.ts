import type { SourceFile } from '../model/artifact.ts';
import { Fault } from '../model/fault.ts';
import { asList, fieldAt, manifestOf, type Manifest } from './manifest.ts';
import { changedDocuments } from './yaml-changed.ts';
import { yamlPosition } from './yaml-position.ts';
import type { YamlDocument, YamlReader } from './yaml-stream.ts';

/** One version of a file, as far as it differs from the other. */
export interface ParsedVersion {
  readonly manifests: readonly Manifest[];
  readonly isTemplate: boolean;
  /** Why a document of it could not be read. */
  readonly fault?: Fault;
}
interface ParsedFile {
  readonly before?: ParsedVersion;
  readonly after?: ParsedVersion;
}

/** Several surfaces read the same file, one after the other. */
const parsedFiles = new WeakMap<SourceFile, ParsedFile>();

export function parsedFile(reader: YamlReader, file: SourceFile): ParsedFile {
  const known = parsedFiles.get(file);
  if (known) return known;
  const { before, after } = changedDocuments(file);
  const parsed = {
    ...(file.before !== undefined && { before: parsedVersion(reader, file.path, file.before, before) }),
    ...(file.after !== undefined && { after: parsedVersion(reader, file.path, file.after, after) }),
  };
  parsedFiles.set(file, parsed);
  return parsed;
}

function parsedVersion(
  reader: YamlReader,
  path: string,
  text: string,
  documents: readonly YamlDocument[],
): ParsedVersion {
  const manifests: Manifest[] = [];
  let fault: Fault | undefined;
  for (const document of documents) {
    try {
      manifests.push(...manifestsIn(reader, document, path));
    } catch (error) {
      fault ??= Fault.from(error);
    }
  }
  if (!fault) return { manifests, isTemplate: false };
  return text.includes('{{') ? { manifests: [], isTemplate: true } : { manifests, isTemplate: false, fault };
}

/** The objects of one document: one, or those of a list. */
export function manifestsIn(reader: YamlReader, document: YamlDocument, path: string): readonly Manifest[] {
  const value = reader.valueOf(document, path);
  const one = manifestOf(value, path, (steps) => yamlPosition(reader, document, steps));
  if (!one) return [];
  if (!one.kind.endsWith('List') || fieldAt(value, ['items']) === undefined) return [one];
  return asList(fieldAt(value, ['items'])).flatMap((item, index) => {
    const inner = manifestOf(item, path, (steps) => yamlPosition(reader, document, ['items', index, ...steps]));
    return inner ? [inner] : [];
  });
}
