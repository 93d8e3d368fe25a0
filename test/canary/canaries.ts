import { randomBytes } from 'node:crypto';

import { formatMasterKey } from '#src/evidence/master-key.ts';

import { digestNeedles, type Needle, needlesOf } from './needles.ts';

/**
 * The secrets of one life, by what they are. One that is made here begins with letters and digits, by which it is known
 * again however it is quoted or cut, and goes on with what quoting goes wrong with.
 */
export interface Canaries {
  /** The one of this name, made when it is first asked for. */
  plain(name: string): string;
  /** What a file held that nobody called a secret: it is sealed all the same, but its digest is told. */
  contents(name: string): string;
  /** One that was made elsewhere. */
  add(name: string, secret: string): void;
  /** A master key: its bytes, and the line that stands in a file or in the environment. */
  addKey(name: string, key: Uint8Array): void;
  needles(): readonly Needle[];
}

const quotable = ` "'\\%&+/=$`;

export function makeCanaries(): Canaries {
  const made = new Map<string, string>();
  const digestIsTold = new Set<string>();
  const others = new Map<string, string | Uint8Array>();
  const plain = (name: string): string => {
    const secret = made.get(name) ?? `Canary${randomBytes(12).toString('hex')}${quotable}${made.size}`;
    made.set(name, secret);
    return secret;
  };
  return {
    plain,
    contents(name) {
      digestIsTold.add(name);
      return plain(name);
    },
    add: (name, secret) => void others.set(name, secret),
    addKey: (name, key) => void others.set(name, key).set(`${name}, as text`, formatMasterKey(key)),
    needles: () => [
      ...[...made].flatMap(([name, secret]) => [
        ...needlesOf(name, secret),
        ...needlesOf(`${name}, cut`, secret.slice(0, secret.indexOf(quotable))),
        ...(digestIsTold.has(name) ? [] : digestNeedles(name, secret)),
      ]),
      ...[...others].flatMap(([name, secret]) => needlesOf(name, secret)),
    ],
  };
}
