/** Ids, names and hashes as a person reads them. The end of an id or path is never cut: what goes is the middle. */
import type { Actor } from '../src/model/ids.ts';

/** The ending that people type and say. */
export const shortId = (id: string): string => id.slice(-6);

/** `local:maria` is a person at a terminal and reads `maria`; a token keeps its word. */
export const actorName = (by: Actor): string => by.replace(/^local:/, '');

export const shortHash = (hash: string): string => {
  const digits = hash.replace(/^sha256:/, '');
  return `${digits.slice(0, 4)}…${digits.slice(-4)}`;
};

/** Keeps both ends of a long text. */
export function cutMiddle(text: string, most: number): string {
  if (text.length <= most) return text;
  const ends = most - 1;
  const tail = Math.ceil(ends * 0.6);
  return `${text.slice(0, ends - tail)}…${text.slice(-tail)}`;
}

/** `web-03/file:/etc/app.conf` → where it is and what it is: `web-03`, `/etc/app.conf`. */
export function resourceParts(resource: string): { readonly connection: string; readonly what: string } {
  const slash = resource.indexOf('/');
  const rest = resource.slice(slash + 1);
  const [, kind = '', name = rest] = /^([a-z0-9-]+):(.+)$/s.exec(rest) ?? [];
  return {
    connection: slash < 0 ? '' : resource.slice(0, slash),
    what: !kind || name.startsWith('/') ? name : `${kind} ${name}`,
  };
}

/** `activeKeyId` → `Active key id`; what is no plain name stays as the machine says it. */
export function fieldName(field: string): { readonly name: string; readonly isPlain: boolean } {
  if (!/^[a-z][a-zA-Z0-9]*$/.test(field)) return { name: field, isPlain: false };
  const spaced = field
    .replaceAll(/([a-z0-9])([A-Z])(?=[a-z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
    .replaceAll(/([a-z])([A-Z0-9]{2,})/g, '$1 $2');
  return { name: spaced.charAt(0).toUpperCase() + spaced.slice(1), isPlain: true };
}

export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

export const sentence = (text: string): string => {
  const started = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(started) ? started : `${started}.`;
};
