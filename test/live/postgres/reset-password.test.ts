import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from 'pg';
import { expect, test } from 'vitest';

import { resetPassword } from '#src/operations/postgres/reset-password.ts';

import { reachOf } from '../../laws/reach.ts';
import { cutAfterCommit } from './cut-proxy.ts';
import { clientOf, fresh, login, onEveryMajor, startDatabase, type Database } from './database.ts';
import { inverse, newPassword, oldPassword, passwordScene, stepsWith, type Params } from './password-scene.ts';

await onEveryMajor('resetting a password', traps, {
  log_statement: 'all',
  log_min_duration_statement: '0',
  log_min_messages: 'debug1',
});

function traps(database: Database): void {
  test('[R1.6] after the rollback the old password logs in, the new one is refused, and nobody ever saw either', async () => {
    const { role, params, run } = await passwordScene(database);
    const verifier = await database.verifierOf(role);

    const step = await run(params);
    expect(await login(database.url, role, newPassword)).toBe('in');
    expect(await login(database.url, role, oldPassword)).toBe('28P01');

    await run(inverse(step));
    expect(await database.verifierOf(role)).toBe(verifier);
    expect(await login(database.url, role, oldPassword)).toBe('in');
    expect(await login(database.url, role, newPassword)).toBe('28P01');
    expect(JSON.stringify(step)).not.toContain('CANARY');
  });

  test('[R1.6] the log of the server, at its most talkative, holds neither passwords nor verifiers', async () => {
    const { role, params, run } = await passwordScene(database);
    const old = await database.verifierOf(role);

    const step = await run(params);
    const made = await database.verifierOf(role);
    await run(inverse(step));

    const log = await database.log();
    expect(log, 'the change itself is told').toContain(`alter role "${role}" password`);
    for (const secret of [newPassword, 'CANARY-new', old, made]) expect(log).not.toContain(secret ?? 'a verifier');
  });

  test('what the server refuses changes nothing, and its log does not show the verifier', async () => {
    const { role, keys, run } = await passwordScene(database);
    await database.ask(`alter database postgres set session_preload_libraries = 'passwordcheck'`);
    try {
      await expect(run({ role, password: await keys.seal(role, 'password') })).rejects.toMatchObject({
        code: 'invalid-input',
        message: expect.stringContaining('password must not equal user name') as string,
      });
    } finally {
      await database.ask('alter database postgres reset session_preload_libraries');
    }
    const log = await database.log();
    expect(log).toContain('password must not equal user name');
    expect(log).not.toContain('SCRAM-SHA-256$');
    expect(await login(database.url, role, oldPassword)).toBe('in');
  });

  test('a reset by somebody else is not overwritten', async () => {
    const { role, params, observe, reach, run } = await passwordScene(database);
    const before = await observe(params);
    await database.ask(`alter role ${role} password 'theirs'`);
    await expect(resetPassword.apply(params, reach, before)).rejects.toMatchObject({
      code: 'drifted',
      message: expect.stringContaining(`role ${role}`) as string,
    });
    expect(await login(database.url, role, 'theirs')).toBe('in');

    const step = await run(params);
    await database.ask(`alter role ${role} password 'theirs again'`);
    const now = await observe(params);
    expect(now.state.verifier?.fingerprint).not.toBe(step.after.state.verifier?.fingerprint);
    await expect(resetPassword.apply(inverse(step), reach, step.after)).rejects.toMatchObject({ code: 'drifted' });
    expect(await login(database.url, role, 'theirs again')).toBe('in');
  });

  test('a reset that is under way while we look is waited for, and found out', async () => {
    const { role, params, observe, reach } = await passwordScene(database);
    const before = await observe(params);
    const other = new Client(database.url.href);
    await other.connect();
    await other.query('begin');
    await other.query(`alter role ${role} password 'theirs'`);
    const applying = resetPassword.apply(params, reach, before).catch((error: unknown) => error);
    await sleep(200);
    await other.query('commit');
    await other.end();
    expect(await applying).toMatchObject({ code: 'drifted' });
    expect(await login(database.url, role, 'theirs')).toBe('in');
  });

  test('a role that is made again under its name is another role', async () => {
    const { role, params, observe, reach } = await passwordScene(database);
    const before = await observe(params);
    const verifier = await database.verifierOf(role);
    await database.ask(`drop role ${role}`);
    await database.ask(`create role ${role} login password '${verifier}'`);
    await expect(resetPassword.apply(params, reach, before)).rejects.toMatchObject({
      code: 'drifted',
      message: expect.stringContaining('another role has this name now') as string,
    });
    expect(await database.verifierOf(role)).toBe(verifier);
    await database.ask(`drop role ${role}`);
    await expect(observe(params)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('another database server behind the address is refused', async () => {
    const { role, params, keys, observe } = await passwordScene(database);
    const before = await observe(params);
    const other = await startDatabase();
    if ('skipped' in other) throw new Error(other.skipped);
    try {
      await other.ask(`create role ${role} login password '${await database.verifierOf(role)}'`);
      const elsewhere = reachOf(await clientOf(other.url), keys);
      const pinned = {
        ...before,
        identity: {
          ...before.identity,
          role: (await other.ask<{ oid: string }>(`select '${role}'::regrole::oid::text as oid`))[0]?.oid ?? '',
        },
      };
      await expect(resetPassword.apply(params, elsewhere, pinned)).rejects.toMatchObject({
        code: 'drifted',
        message: expect.stringContaining('another database server') as string,
      });
      expect(resetPassword.settle(params, before, await resetPassword.observe(params, elsewhere)).as).toBe('foreign');
    } finally {
      await other.stop();
    }
  });

  test('a COMMIT whose answer is lost is found to be applied', async () => {
    const { role, params, keys, observe } = await passwordScene(database);
    const before = await observe(params);
    const proxy = await cutAfterCommit(database.url);
    try {
      const reach = reachOf(await clientOf(proxy.url), keys);
      await expect(resetPassword.apply(params, reach, before)).rejects.toMatchObject({ code: 'outcome-unknown' });
    } finally {
      await proxy.close();
    }
    expect(resetPassword.settle(params, before, await observe(params))).toEqual({ as: 'applied', result: {} });
    expect(await login(database.url, role, newPassword)).toBe('in');
  });

  test('a role that waits for a lock is given up at the deadline, and nothing happens later', async () => {
    const { role, params, keys, client, observe } = await passwordScene(database);
    const before = await observe(params);
    const other = new Client(database.url.href);
    await other.connect();
    await other.query('begin');
    await other.query(`alter role ${role} connection limit 5`);
    await expect(
      resetPassword.apply(params, reachOf(client, keys, AbortSignal.timeout(200)), before),
    ).rejects.toMatchObject({ code: 'timed-out' });
    await other.query('rollback');
    await other.end();
    await sleep(100);
    expect(await login(database.url, role, oldPassword)).toBe('in');
  });

  test('sessions that are open stay open, and their number is shown', async () => {
    const { role, params, run } = await passwordScene(database);
    const session = new Client({
      host: database.url.hostname,
      port: Number(database.url.port),
      database: 'postgres',
      user: role,
      password: oldPassword,
    });
    await session.connect();
    const step = await run(params);
    const back = await run(inverse(step));
    expect((await session.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    for (const { context } of [step.before, step.after, back.after]) expect(context).toMatchObject({ openSessions: 1 });
    await session.end();
  });

  test('a role without a password has none again', async () => {
    const { role, params, run } = await passwordScene(database, 'null');
    const step = await run(params);
    expect(step.before).toMatchObject({ state: { verifier: null }, context: { hashing: 'none' } });
    expect(await login(database.url, role, newPassword)).toBe('in');
    await run(inverse(step));
    expect(await database.verifierOf(role)).toBeNull();
  });

  test('an md5 verifier comes back as it was', async () => {
    const { role, params, run } = await passwordScene(database);
    await database.ask(`set password_encryption = 'md5'`);
    await database.ask(`alter role ${role} password '${oldPassword}'`);
    await database.ask('reset password_encryption');
    const verifier = await database.verifierOf(role);
    expect(verifier).toMatch(/^md5/);
    const step = await run(params);
    expect(step.before.context).toMatchObject({ hashing: 'md5' });
    expect(step.after.context).toMatchObject({ hashing: 'SCRAM-SHA-256' });
    await run(inverse(step));
    expect(await database.verifierOf(role)).toBe(verifier);
  });

  test('names that need quoting are quoted', async () => {
    const { keys, run } = await passwordScene(database);
    const role = `"; drop role x; -- $$ \\ ' ${fresh('odd')}`;
    await database.ask(`create role "${role.replaceAll('"', '""')}" login password '${oldPassword}'`);
    const step = await run({ role, password: await keys.seal(newPassword, 'password') });
    expect(await login(database.url, role, newPassword)).toBe('in');
    await run(inverse(step));
    expect(await login(database.url, role, oldPassword)).toBe('in');
  });
  test('[R4.1] without the right to read verifiers it says who may not do what to which role', async () => {
    const { role, params, keys } = await passwordScene(database);
    const weak = fresh('weak');
    await database.ask(`create role ${weak} login createrole password 'weak'`);
    const { observe } = stepsWith(await clientOf(database.url, weak, 'weak'), keys);
    await expect(observe(params)).rejects.toMatchObject({
      code: 'permission-denied',
      message: expect.stringMatching(
        new RegExp(`^${weak}@.* may not read the password verifier of role ${role} on .*42501`),
      ) as string,
      details: {
        principal: expect.stringContaining(weak) as string,
        action: 'read the password verifier of',
        resource: `role ${role}`,
      },
    });
  });

  test('the role of the connection itself is refused: its way back would be locked out', async () => {
    const { keys, observe } = await passwordScene(database);
    const params = { role: 'postgres', password: await keys.seal(newPassword, 'password') };
    await expect(observe(params)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  test('what could not be set as it is, is refused before anything is written down', async () => {
    const { role, keys, observe } = await passwordScene(database);
    const refused = async (params: Params) => expect(observe(params)).rejects.toMatchObject({ code: 'invalid-input' });
    await refused({ role, password: await keys.seal('', 'password') });
    await refused({ role, password: await keys.seal('pässword', 'password') });
    await refused({ role, verifier: await keys.seal('CANARY-no-verifier', 'verifier') });
    expect(await login(database.url, role, oldPassword)).toBe('in');
  });
}
