import type { SourceFile } from '../model/artifact.ts';
import { yamlDocuments, type YamlDocument } from './yaml-stream.ts';

interface ChangedDocuments {
  readonly before: readonly YamlDocument[];
  readonly after: readonly YamlDocument[];
}

/** Several surfaces read the same file, one after the other. */
const known = new WeakMap<SourceFile, ChangedDocuments>();

/** The documents of each version that are not, byte for byte, in the other: the only ones worth parsing. */
export function changedDocuments(file: SourceFile): ChangedDocuments {
  const found = known.get(file);
  if (found) return found;
  const before = yamlDocuments(file.before ?? '');
  const after = yamlDocuments(file.after ?? '');
  const changed = { before: missingIn(after, before), after: missingIn(before, after) };
  known.set(file, changed);
  return changed;
}

/** The documents of the second list that the first does not hold, counted. */
function missingIn(others: readonly YamlDocument[], documents: readonly YamlDocument[]): readonly YamlDocument[] {
  const count = new Map<string, number>();
  for (const { text } of others) count.set(text, (count.get(text) ?? 0) + 1);
  return documents.filter(({ text }) => {
    const left = count.get(text) ?? 0;
    count.set(text, left - 1);
    return left <= 0;
  });
}
