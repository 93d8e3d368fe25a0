import { createHash } from 'node:crypto';

/** A way in which a secret can stand somewhere without being hidden. */
export interface Needle {
  /** Which secret, and how it is written. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Shorter ones are met by chance. */
const shortest = 12;

/**
 * A secret as it is, and as it looks inside base64 (wherever in it it begins), hexadecimal, a URL and JSON. A secret of
 * letters and digits alone is written the same in JSON, a URL, SQL and a shell.
 */
export function needlesOf(name: string, secret: string | Uint8Array): readonly Needle[] {
  const bytes = Buffer.from(secret);
  const forms = new Map<string, string>();
  const form = (how: string, text: string): unknown => forms.has(text) || forms.set(text, how);
  if (typeof secret === 'string') {
    form('plain', secret);
    form('JSON', JSON.stringify(secret).slice(1, -1));
    form('URL', encodeURIComponent(secret));
    form('form', new URLSearchParams({ '': secret }).toString().slice(1));
  }
  form('hex', bytes.toString('hex'));
  form('HEX', bytes.toString('hex').toUpperCase());
  for (const before of [0, 1, 2]) {
    form(`base64 +${before}`, base64Inside(bytes, before));
    form(`base64url +${before}`, base64Inside(bytes, before).replaceAll('+', '-').replaceAll('/', '_'));
  }
  const found = [...forms].map(([text, how]) => ({ name: `${name} (${how})`, bytes: Buffer.from(text) }));
  if (typeof secret !== 'string') found.push({ name: `${name} (bytes)`, bytes });
  const short = found.find((needle) => needle.bytes.length < shortest);
  if (short) throw new Error(`${short.name} is too short to look for`);
  return found;
}

/** A bare digest tells a secret to whoever can guess it. */
export const digestNeedles = (name: string, secret: string): readonly Needle[] =>
  [secret, `${secret}\n`].flatMap((text) =>
    needlesOf(`${name}, its digest`, createHash('sha256').update(text).digest()),
  );

/** What of `bytes` shows in base64 when so many other bytes stand before it in their group of three. */
function base64Inside(bytes: Uint8Array, before: number): string {
  const whole = Math.floor(((before + bytes.length) * 8) / 6);
  return Buffer.concat([Buffer.alloc(before), bytes])
    .toString('base64')
    .slice(Math.ceil((before * 8) / 6), whole);
}

/** Finds many needles in one pass: a table says for every two bytes which needles begin with them. */
export function searcher(needles: readonly Needle[]): (haystack: Uint8Array) => readonly string[] {
  const byStart = Map.groupBy(needles, ({ bytes }) => startAt(bytes, 0));
  const begins = new Uint8Array(65_536);
  for (const start of byStart.keys()) begins[start] = 1;
  return (haystack) => {
    const found = new Set<string>();
    for (let i = 0; i < haystack.length - 1; i++) {
      const start = startAt(haystack, i);
      if (begins[start] === 1)
        for (const { name, bytes } of byStart.get(start) ?? []) if (isAt(haystack, i, bytes)) found.add(name);
    }
    return [...found];
  };
}

const startAt = (bytes: Uint8Array, i: number): number => ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);

function isAt(haystack: Uint8Array, at: number, bytes: Uint8Array): boolean {
  for (let i = 2; i < bytes.length; i++) if (haystack[at + i] !== bytes[i]) return false;
  return true;
}
