import type { Postgres } from '#src/systems/postgres.ts';

import type { World } from '../../laws/world.ts';
import { clientOf, fresh, type Database } from './database.ts';

/** A role of its own, and a connection as another role that may change it. */
export async function roleWorld<Params>(
  database: Database,
  right: {
    readonly give: 'superuser' | 'createrole';
    readonly edit: ((role: string) => string) | { readonly why: string };
  },
  paramsFor: (role: string) => Promise<{ readonly params: Params; readonly secrets?: readonly string[] }>,
): Promise<World<Params, Postgres>> {
  const role = fresh('app');
  const operator = fresh('operator');
  const { ask, url } = database;
  await ask(`create role ${operator} login ${right.give} password 'operates'`);
  await ask(`create role ${role} login password 'old password of ${role}'`);
  await ask(`grant ${role} to ${operator} with admin option`);
  const { edit } = right;
  return {
    ...(await paramsFor(role)),
    client: await clientOf(url, operator, 'operates'),
    fingerprint: () => ask('select *, xmin from pg_authid order by oid'),
    edit: typeof edit === 'object' ? edit : async () => void (await ask(edit(role))),
    swap: async () => {
      const [was] = await ask<{ rolpassword: string }>('select rolpassword from pg_authid where rolname = $1', [role]);
      await ask(`drop role ${role}`);
      await ask(`create role ${role} login password '${was?.rolpassword}'`);
      await ask(`grant ${role} to ${operator} with admin option`);
    },
    deny: async () => {
      await ask(`alter role ${operator} no${right.give}`);
      return {
        names: [`${operator}@`, `role ${role}`],
        giveBack: async () => void (await ask(`alter role ${operator} ${right.give}`)),
      };
    },
    close: async () => {
      await ask(`drop role ${role}, ${operator}`);
    },
  };
}
