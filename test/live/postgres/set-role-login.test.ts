import { Client } from 'pg';
import { expect, test } from 'vitest';

import { setRoleLogin } from '#src/operations/postgres/set-role-login.ts';

import { reachOf } from '../../laws/reach.ts';
import { clientOf, fresh, login, onEveryMajor, type Database } from './database.ts';

await onEveryMajor('locking a role', traps);

async function locked(database: Database, attribute: 'login' | 'nologin') {
  const role = fresh('app');
  await database.ask(`create role ${role} ${attribute} password 'a password'`);
  const reach = reachOf(await clientOf(database.url));
  const params = { role, canLogin: false };
  const before = await setRoleLogin.observe(params, reach);
  const lock = () => setRoleLogin.apply(params, reach, before);
  const unlock = async () => {
    const promised = setRoleLogin.reversibility(params);
    const after = await setRoleLogin.observe(params, reach);
    const [call] = promised.inverse?.({ params, before, after, result: {} }) ?? [];
    await setRoleLogin.apply(setRoleLogin.params.parse(call?.params), reach, after);
  };
  return { role, reach, params, before, lock, unlock };
}

function traps(database: Database): void {
  test('[R0.4] a locked role cannot log in, and can again after the rollback', async () => {
    const { role, lock, unlock } = await locked(database, 'login');
    await lock();
    expect(await login(database.url, role, 'a password')).toBe('28000');
    await unlock();
    expect(await login(database.url, role, 'a password')).toBe('in');
  });

  test('[R0.4] a role that was locked before stays locked after the rollback', async () => {
    const { role, lock, unlock } = await locked(database, 'nologin');
    await lock();
    await unlock();
    expect(await login(database.url, role, 'a password')).toBe('28000');
  });

  test('sessions that are open stay open, and their number is shown', async () => {
    const { role, reach, params, lock } = await locked(database, 'login');
    const { hostname: host, port } = database.url;
    const session = new Client({ host, port: Number(port), database: 'postgres', user: role, password: 'a password' });
    await session.connect();
    await lock();
    expect((await session.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect((await setRoleLogin.observe(params, reach)).context).toMatchObject({ openSessions: 1 });
    await session.end();
  });

  test('[R6.1] a password that had expired before is shown as failing already', async () => {
    const { role, reach, params, before } = await locked(database, 'login');
    expect(before.context).not.toHaveProperty('failing');
    await database.ask(`alter role ${role} valid until '2020-01-01'`);
    const { context } = await setRoleLogin.observe(params, reach);
    expect(context).toMatchObject({ failing: expect.stringContaining('expired') });
  });

  test('when a password expires is shown', async () => {
    const { role, reach, params, before } = await locked(database, 'login');
    expect(before.context).toMatchObject({ validUntil: null });
    await database.ask(`alter role ${role} valid until '2031-02-03 04:05:06+02'`);
    const { context } = await setRoleLogin.observe(params, reach);
    expect(context).toMatchObject({ validUntil: '2031-02-03T02:05:06Z' });
    await database.ask(`alter role ${role} valid until 'infinity'`);
    expect((await setRoleLogin.observe(params, reach)).context).toMatchObject({ validUntil: null });
  });

  test('what somebody else did after the look is not overwritten', async () => {
    const { role, reach, params, before } = await locked(database, 'login');
    await database.ask(`alter role ${role} nologin`);
    await expect(setRoleLogin.apply({ role, canLogin: true }, reach, before)).rejects.toMatchObject({
      code: 'drifted',
      message: expect.stringContaining(`role ${role}`) as string,
    });
    await database.ask(`drop role ${role}`);
    await database.ask(`create role ${role} login`);
    await expect(setRoleLogin.apply(params, reach, before)).rejects.toMatchObject({ code: 'drifted' });
  });
}
