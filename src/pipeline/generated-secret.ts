/** 32 letters and digits, unguessable (190 bits): for `{ $secret: generate }`. */
import type { Ambient } from '../model/ambient.ts';

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const length = 32;

export function generatedSecret(ambient: Ambient): string {
  const letters: string[] = [];
  // A byte beyond the last whole multiple of the alphabet is thrown away, so that every letter is equally likely.
  const fair = 256 - (256 % alphabet.length);
  while (letters.length < length)
    for (const byte of ambient.random(length)) if (byte < fair) letters.push(alphabet[byte % alphabet.length] ?? '');
  return letters.slice(0, length).join('');
}
