import type { Json } from '../../model/json.ts';
import { isObject } from '../../model/same.ts';
import { asList, asText, fieldAt } from '../manifest.ts';
import { yamlDocuments } from '../yaml-documents.ts';
import { clearEntries, type SecretEntry } from './secret-entries.ts';

/** What SOPS keeps: which values are encrypted, for whom, and the code that proves that nobody edited it by hand. */
export interface SopsFile {
  readonly encrypted: readonly SecretEntry[];
  readonly clear: readonly SecretEntry[];
  /** Public keys and names of keys. */
  readonly recipients: readonly string[];
  readonly mac: string | undefined;
}

const isEncrypted = (text: string): boolean => text.startsWith('ENC[');

/** @throws Fault invalid-input at the position */
export async function readSops(path: string, text: string): Promise<SopsFile> {
  if (/^sops_(?:mac|version)=/m.test(text)) return sopsEnvironment(path, text);
  const entries: SecretEntry[] = [];
  const recipients: string[] = [];
  let mac: string | undefined;
  for (const document of await yamlDocuments(text, path)) {
    const meta = fieldAt(document.value, ['sops']);
    if (meta === undefined) continue;
    mac ??= asText(fieldAt(meta, ['mac']));
    recipients.push(...recipientsIn(meta));
    for (const { steps, value } of leaves(document.value, []))
      entries.push({ name: steps.join('.'), value, at: () => document.at(...steps) });
  }
  return {
    encrypted: entries.filter(({ value }) => isEncrypted(value)),
    clear: entries.filter(({ value }) => !isEncrypted(value)),
    recipients: [...new Set(recipients)],
    mac,
  };
}

function sopsEnvironment(path: string, text: string): SopsFile {
  const entries = clearEntries(path, text);
  return {
    encrypted: entries.filter(({ value }) => isEncrypted(value)),
    clear: entries.filter(({ value }) => !isEncrypted(value)),
    recipients: [...text.matchAll(/^sops_\w+?(?:recipient|_fp|_arn|resource_id)=(.+)$/gm)].map(([, key = '']) =>
      key.trim(),
    ),
    mac: /^sops_mac=(.*)$/m.exec(text)?.[1],
  };
}

interface Leaf {
  readonly steps: readonly (string | number)[];
  readonly value: string;
}

function* leaves(value: Json | undefined, steps: readonly (string | number)[]): Iterable<Leaf> {
  if (steps[0] === 'sops' || steps.length > 50) return;
  if (Array.isArray(value)) for (const [index, one] of asList(value).entries()) yield* leaves(one, [...steps, index]);
  else if (isObject(value)) for (const [name, one] of Object.entries(value)) yield* leaves(one, [...steps, name]);
  else if (typeof value === 'string') yield { steps, value };
  else if (value !== undefined && value !== null) yield { steps, value: JSON.stringify(value) };
}

/** Under the name by which each kind of key is known. */
const keys: Readonly<Record<string, readonly string[]>> = {
  age: ['recipient'],
  pgp: ['fp'],
  kms: ['arn'],
  gcp_kms: ['resource_id'],
  azure_kv: ['vault_url', 'name'],
  hc_vault: ['vault_address', 'engine_path', 'key_name'],
};

const recipientsIn = (meta: Json): readonly string[] => [
  ...Object.entries(keys).flatMap(([kind, fields]) =>
    asList(fieldAt(meta, [kind])).map((one) => fields.map((field) => asText(fieldAt(one, [field])) ?? '').join('/')),
  ),
  ...asList(fieldAt(meta, ['key_groups'])).flatMap((group) => recipientsIn(group)),
];
