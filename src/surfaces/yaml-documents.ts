import { Fault } from '../model/fault.ts';
import type { Finding } from '../model/finding.ts';
import type { Json } from '../model/json.ts';
import { fieldAt } from './manifest.ts';
import { yamlPosition, type Step } from './yaml-position.ts';
import { loadYamlReader, yamlDocuments as documentsIn } from './yaml-stream.ts';

export type Position = NonNullable<Finding['at']>;
export type Steps = readonly Step[];

/** One document of a file, with its value, and where things stand in it. */
export interface YamlDocument {
  readonly value: Json | undefined;
  at(...steps: Steps): Position;
}

/** @throws Fault invalid-input at the position, as `loadYamlReader` says, without what the parser quotes of the text */
export async function yamlDocuments(text: string, path: string): Promise<readonly YamlDocument[]> {
  const reader = await loadYamlReader();
  return documentsIn(text).map((document) => ({
    value: quietly(() => reader.valueOf(document, path)),
    at: (...steps) => ({ path, ...yamlPosition(reader, document, steps) }),
  }));
}

/** These files hold secrets: what cannot be parsed may be one. */
function quietly<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { message, advice, at } = error;
    const words = message.replace(/\s*["'`!<*&].*$/s, '.');
    throw new Fault('invalid-input', words, { advice, ...(at !== undefined && { at }) });
  }
}

export const valueAt = (value: Json | undefined, ...steps: Steps): Json | undefined => fieldAt(value, steps);
