/**
 * A file that holds secrets, encrypted or not, in one version. Their values are only ever compared: no rule puts one
 * into its words, and what cannot be parsed is said without the parser's own words, which quote.
 */
import type { SourceFile } from '../../model/artifact.ts';
import { Fault } from '../../model/fault.ts';
import type { Manifest, ManifestPair, Position } from '../manifest.ts';
import { clearEntries, literalEntries, type SecretEntry } from './secret-entries.ts';
import { readSops, type SopsFile } from './sops-file.ts';

export interface SecretFile {
  readonly path: string;
  readonly text: string;
  readonly isGitCrypt: boolean;
  readonly sops: SopsFile | undefined;
  /** Assignments of an environment file, by name. */
  readonly variables: readonly SecretEntry[];
  /** What a Kustomization makes Secrets of. */
  readonly literals: readonly SecretEntry[];
  readonly privateKey: Position | undefined;
  /** Objects of the file in both versions. */
  readonly pairs: readonly ManifestPair[];
}

const isGitCrypt = (text: string): boolean => text.startsWith('\0GITCRYPT');

const isEnvironment = (path: string): boolean =>
  /(^|\/)(?:\.env(?:\.[\w-]+)*|[\w-]+\.env)$/i.test(path) &&
  !/\.(?:example|sample|template|dist|defaults?)$/i.test(path);

const holdsSops = (text: string): boolean =>
  /^sops:\s*$/m.test(text) || /"sops":\s*\{/.test(text) || /^sops_(?:mac|version)=/m.test(text);

const key = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/;
/** A word like one of these in a file of objects is worth parsing it. */
const kinds =
  /kind:\s*["']?(?:Secret|SealedSecret|ExternalSecret|ClusterExternalSecret|SecretStore|ClusterSecretStore)\b|secretGenerator:/;

export const holdsSecrets = (path: string, text: string): boolean =>
  isGitCrypt(text) ||
  isEnvironment(path) ||
  holdsSops(text) ||
  key.test(text) ||
  (/\.(?:ya?ml|json)$/i.test(path) && kinds.test(text));

/** @throws Fault invalid-input at the position: a file of secrets that is no YAML, JSON or environment file */
export async function secretFile(path: string, text: string, pairs: readonly ManifestPair[]): Promise<SecretFile> {
  return {
    path,
    text,
    isGitCrypt: isGitCrypt(text),
    sops: holdsSops(text) ? await quietly(path, readSops(path, text)) : undefined,
    variables: isEnvironment(path) ? clearEntries(path, text) : [],
    literals: /^secretGenerator:/m.test(text) ? await quietly(path, literalEntries(path, text)) : [],
    privateKey: keyIn(path, text),
    pairs,
  };
}

async function quietly<T>(path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const fault = Fault.from(error);
    throw new Fault('invalid-input', `${path} holds secrets, but its structure cannot be read.`, {
      advice: 'Correct its YAML; open a file that SOPS encrypts with `sops` and save it again.',
      ...(fault.at !== undefined && { at: fault.at }),
    });
  }
}

function keyIn(path: string, text: string): Position | undefined {
  const found = key.exec(text);
  if (!found) return undefined;
  const before = text.slice(0, found.index);
  return { path, line: before.split('\n').length, column: found.index - before.lastIndexOf('\n') };
}

export const isChanged = ({ before, after }: SourceFile): boolean => before !== after;

/** Secrets of a file that SOPS encrypts are told from it as a whole. */
export const isEncrypted = (manifest: Manifest | undefined): boolean => manifest?.field('sops') !== undefined;
