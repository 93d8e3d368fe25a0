/**
 * A master key as it stands in a key file or in the environment: one line, `recourse-key-1:` and 32 bytes in base64. No
 * message says what was read, because it may have been a key.
 */
import { Fault } from '../model/fault.ts';

const prefix = 'recourse-key-1:';

/** The line, without a line end. Faults: `invalid-input` when the key has not 32 bytes. */
export function formatMasterKey(key: Uint8Array): string {
  if (key.length !== 32) throw unreadable('it has not 32 bytes');
  return prefix + Buffer.from(key).toString('base64');
}

/** White space around the line is not part of it. Faults: `invalid-input`. */
export function parseMasterKey(text: string): Uint8Array {
  const line = text.trim();
  if (line === '') throw unreadable('it is empty');
  if (/\s/.test(line)) throw unreadable('it is more than one line, or has white space inside');
  if (!line.startsWith(prefix)) throw unreadable(`it does not begin with ${prefix}`);
  const key = Buffer.from(line.slice(prefix.length), 'base64');
  if (key.length !== 32 || formatMasterKey(key) !== line) throw unreadable('it has not 32 bytes in base64');
  return new Uint8Array(key);
}

const unreadable = (because: string): Fault =>
  new Fault('invalid-input', `The master key cannot be read: ${because}.`, {
    advice: `Give the line that was written when the key was made; it begins with ${prefix}`,
  });
