import { asFields, asList, asText, fieldAt, type Manifest, type Position } from '../manifest.ts';
import { yamlDocuments } from '../yaml-documents.ts';

/** One secret by its name; its value is compared and never shown. */
export interface SecretEntry {
  readonly name: string;
  readonly value: string;
  at(): Position;
}

/** Names under which people keep what nobody else may know. */
export const isSecretName = (name: string): boolean =>
  /passw(?:or)?d|passphrase|secret|token|api_?key|private_?key|access_?key|credential|_dsn$|database_url$/i.test(
    name,
  ) && !/public|_file$|_path$|_name$|_length$/i.test(name);

/** A text that stands for a secret which is kept elsewhere, or is none yet. */
export const isPlaceholder = (value: string): boolean =>
  value.trim() === '' ||
  /^ENC\[|\$\{?[A-Za-z_][\w.:-]*\}?|\{\{|^<[^>]*>$|^<(?:path|vault):|^(?:ref\+|vault:|op:\/\/|secretref\+)|^(?:change[-_ ]?me|replace[-_ ]?me|your[-_].*|xxx+|todo|\*+|example)$/i.test(
    value.trim(),
  );

/** `NAME=value`, a line each, as shells and Docker read them. */
export const clearEntries = (path: string, text: string): readonly SecretEntry[] =>
  text.split('\n').flatMap((line, index) => {
    const [, name, value] = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined || name.startsWith('sops_')) return [];
    return [{ name, value: value.replace(/^(["'])(.*)\1$/, '$2'), at: () => ({ path, line: index + 1, column: 1 }) }];
  });

/** What a Secret holds in clear text: placeholders and what SOPS has encrypted are not meant. */
export const clearDataOf = (secret: Manifest): readonly SecretEntry[] =>
  ['data', 'stringData'].flatMap((field) =>
    Object.entries(asFields(secret.field(field))).flatMap(([name, held]) => {
      const text = asText(held) ?? '';
      const value = field === 'data' ? decoded(text) : text;
      return isPlaceholder(text) || isPlaceholder(value)
        ? []
        : [{ name, value: text, at: () => secret.at(field, name) }];
    }),
  );

/** Literals of `secretGenerator`. @throws Fault invalid-input at the position */
export async function literalEntries(path: string, text: string): Promise<readonly SecretEntry[]> {
  const [document] = await yamlDocuments(text, path);
  return asList(fieldAt(document?.value, ['secretGenerator'])).flatMap((generator, index) =>
    asList(fieldAt(generator, ['literals'])).flatMap((literal, place) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(asText(literal) ?? '') ?? [];
      if (!document || name === undefined || value === undefined || isPlaceholder(value)) return [];
      return [{ name, value, at: () => document.at('secretGenerator', index, 'literals', place) }];
    }),
  );
}

/** A whole file in one entry, in which nothing is called like a secret: a person has to say whether it is one. */
export const isPerhapsNone = ({ name, value }: SecretEntry): boolean => {
  const text = decoded(value);
  return (
    text.includes('\n') &&
    !isSecretName(name) &&
    !/passw|secret|token|credential|api.?key|private|bearer|authorization/i.test(text)
  );
};

function decoded(text: string): string {
  try {
    return atob(text.replace(/\s/g, ''));
  } catch {
    // Not base64: it stands as it is.
    return text;
  }
}

/** At most four names, then how many more. */
export const named = (names: readonly string[]): string =>
  names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${String(names.length - 3)} more` : names.join(', ');
