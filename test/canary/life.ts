/**
 * Whole lives of changes, with a secret in every place where one can come in: changes that go well, that fail in the
 * ways in which things fail, that are taken back in part; a server, a backup, a crash, and somebody else's PostgreSQL.
 */
import { readFile } from 'node:fs/promises';

import { parseMasterKey } from '#src/evidence/master-key.ts';

import { login } from '../live/postgres/database.ts';
import type { Canaries } from './canaries.ts';
import { connect } from './connect.ts';
import { failed } from './failed.ts';
import { lookedAt } from './looked-at.ts';
import { crashed, inPostgres, restored } from './other-stores.ts';
import { refused } from './refused.ts';
import { applied, generatedPassword, takenBack } from './release.ts';
import type { Stage } from './stage.ts';

/** What the database says of the two roles, at one moment: SQLSTATEs of logins, and what it keeps. */
export interface Roles {
  readonly logins: Readonly<Record<'orders' | 'reports', { readonly old: string; readonly new: string }>>;
  readonly verifiers: readonly (string | null)[];
}
export interface Life {
  readonly release: string;
  readonly before: readonly (string | null)[];
  readonly applied: Roles;
  readonly takenBack: Roles;
}

export async function live(stage: Stage, canaries: Canaries): Promise<Life> {
  const { database } = stage;
  const old = {
    orders: canaries.plain('the old password of orders'),
    reports: canaries.plain('the old password of reports'),
    weak: canaries.plain('the password of a connection, from standard input'),
  };
  for (const [role, password] of Object.entries(old))
    await database.ask(`create role ${role} login password '${password.replaceAll("'", "''")}'`); // oxlint-disable-line no-await-in-loop -- one session
  canaries.add('the password of a connection, from the environment', database.url.password);
  const verifiers = () => Promise.all(['orders', 'reports'].map(database.verifierOf));
  const addVerifiers = async (when: string): Promise<void> => {
    for (const [i, verifier] of (await verifiers()).entries()) canaries.add(`verifier ${i} ${when}`, verifier ?? '');
  };

  await addVerifiers('before');
  const before = await verifiers();
  await stage.run('recourse list'); // makes the key
  const key = parseMasterKey(await readFile(stage.keyFile, 'utf8'));
  canaries.addKey('the master key in its file', key);

  const server = await stage.serve();
  await connect(stage, canaries, server);
  await refused(canaries, server);
  const release = await applied(stage, canaries);
  const generated = await generatedPassword(stage, key, release);
  canaries.add('the password that was made', generated);
  await addVerifiers('after');
  const roles = async (): Promise<Roles> => ({
    logins: {
      orders: {
        old: await login(database.url, 'orders', old.orders),
        new: await login(database.url, 'orders', canaries.plain('the new password of orders, from the environment')),
      },
      reports: {
        old: await login(database.url, 'reports', old.reports),
        new: await login(database.url, 'reports', generated),
      },
    },
    verifiers: await verifiers(),
  });
  const whenApplied = await roles();
  await takenBack(stage, canaries, release);
  const whenTakenBack = await roles();
  const others = await failed(stage, canaries, server);
  await lookedAt(stage, server, [release, ...others]);
  await server.stop();
  await restored(stage, release);
  await crashed(stage, canaries);
  await inPostgres(stage, canaries);
  return { release, before, applied: whenApplied, takenBack: whenTakenBack };
}
