import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { Fault } from '../model/fault.ts';

/** A user or a group, by name or by number. */
export const FileOwner = z.union([
  z.string().regex(/^[^:\s]{1,64}$/, 'a name without spaces or colons'),
  z.number().int().min(0).max(4_294_967_294),
]);
export type FileOwner = z.infer<typeof FileOwner>;

/** Names of users and groups, as the files of this machine have them; what a directory service adds is not seen. */
const sources = { user: '/etc/passwd', group: '/etc/group' } as const;
type Kind = keyof typeof sources;

interface Named {
  readonly name: string;
  readonly id: number;
}

/** Source: passwd(5), group(5): `name:password:id:…`. */
async function namedIn(kind: Kind): Promise<readonly Named[]> {
  const lines = (await readFile(sources[kind], 'utf8')).split('\n');
  return lines.flatMap((line) => {
    const [name = '', , id = ''] = line.split(':');
    return name !== '' && /^\d+$/.test(id) ? [{ name, id: Number(id) }] : [];
  });
}

/** The name of an id; the id itself in digits when it has none. */
export const nameOf = async (kind: Kind, id: number): Promise<string> =>
  (await namedIn(kind)).find((each) => each.id === id)?.name ?? String(id);

/** The id of a name; digits that are no name are an id, as for chown(1). Faults: `not-found`. */
export async function idOf(kind: Kind, owner: FileOwner): Promise<number> {
  if (typeof owner === 'number') return owner;
  const found = (await namedIn(kind)).find(({ name }) => name === owner);
  if (found) return found.id;
  if (/^\d+$/.test(owner)) return Number(owner);
  throw new Fault('not-found', `there is no ${kind} "${owner}" in ${sources[kind]}`, {
    at: owner,
    advice: `Create the ${kind} first, correct the name, or give the id as a number.`,
  });
}

/** Whether what was asked for is what is there; nothing asked is always so. */
export const isOwner = (asked: FileOwner | undefined, name: string, id: number): boolean =>
  asked === undefined || asked === name || Number(asked) === id;
