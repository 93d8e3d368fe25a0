import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

import { Client } from 'pg';
import { afterAll, expect, test } from 'vitest';

import { postgres } from '#src/systems/postgres.ts';

import { orSkip } from '../require.ts';
import { clientOf, fresh, startDatabase, type Database } from './database.ts';

const database = await startDatabase();
const skipped = 'skipped' in database;
orSkip(skipped ? database.skipped : undefined)('a connection to PostgreSQL', () => {
  if (!skipped) {
    afterAll(database.stop);
    connections(database);
  }
});

const patient = new AbortController().signal;

function connections({ url, ask }: Database): void {
  test('a probe says who we are, where, and on what', async () => {
    const seen = await postgres.probe(await clientOf(url));
    expect(seen).toEqual({
      user: 'postgres',
      superuser: 'on',
      version: expect.stringMatching(/^\d+\.\d+/) as string,
      server: expect.stringMatching(/^\d{19}$/) as string,
    });
  });

  test('a wrong password is a fault of the credentials, and is not repeated', async () => {
    const refused = await postgres.probe(await clientOf(url, 'postgres', 'CANARY')).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'credential-invalid', details: { sqlState: '28P01' } });
    expect(String(refused)).toContain(`${url.hostname}:${url.port}`);
    expect(JSON.stringify(refused)).not.toContain('CANARY');
  });

  test('a database that is not there is not found', async () => {
    const client = await clientOf(url, undefined, undefined, { database: 'nowhere' });
    await expect(postgres.probe(client)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('no free connection is worth another try', async () => {
    const role = fresh('busy');
    await ask(`create role ${role} login connection limit 0 password 'busy'`);
    await expect(postgres.probe(await clientOf(url, role, 'busy'))).rejects.toMatchObject({ code: 'rate-limited' });
  });

  test('[R0.7] where nobody listens, it is unreachable and says where', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    const nobody = new URL(url);
    nobody.port = String(port);
    await expect((await clientOf(nobody)).readRole('app', patient)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(`127.0.0.1:${port}`) as string,
    });
  });

  test('a server that takes the call and says nothing is given up at the deadline', { timeout: 5000 }, async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = new URL(url);
    address.port = String((silent.address() as AddressInfo).port);
    const client = await clientOf(address);
    await expect(client.readRole('app', AbortSignal.timeout(100))).rejects.toMatchObject({ code: 'timed-out' });
    silent.close();
  });

  test('[R0.7] a session that the server ends in the middle has changed nothing', async () => {
    const role = fresh('app');
    await ask(`create role ${role} login`);
    const client = await clientOf(url);
    const { identity } = await client.readRole(role, patient);
    const other = new Client(url.href);
    await other.connect();
    await other.query('begin');
    await other.query(`alter role ${role} connection limit 5`);
    const change = { role, identity, signal: patient, from: null, made: async () => null };
    const waiting = client.setVerifier({ ...change, from: 'x' }).catch((error: unknown) => error);
    const ours = `from pg_stat_activity where application_name = 'recourse' and wait_event_type = 'Lock'`;
    await expect.poll(() => ask(`select 1 ${ours}`)).toHaveLength(1);
    await ask(`select pg_terminate_backend(pid) ${ours}`);
    expect(await waiting).toMatchObject({ code: 'unreachable' });
    await other.query('rollback');
    await other.end();
  });

  test('where encryption is asked for and not offered, nothing is sent', async () => {
    const client = await clientOf(url, undefined, undefined, { tls: 'require' });
    await expect(postgres.probe(client)).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('a certificate is trusted when its authority is named, and not before', async ({ skip }) => {
    const made = `copy (select 1) to program 'openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout server.key
      -out server.crt -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 2>/dev/null'`;
    const openssl = await ask(made.replaceAll(/\s+/g, ' ')).catch((error: unknown) => error);
    if (openssl instanceof Error) skip(`openssl did not run: ${openssl.message}`);
    await ask('alter system set ssl = on');
    await ask('select pg_reload_conf()');
    const verified = { tls: 'verify-full' };
    await expect
      .poll(async () => postgres.probe(await clientOf(url, undefined, undefined, verified)).catch(String))
      .toMatch(/self.signed certificate/);
    const [row] = await ask<{ ca: string }>(`select pg_read_file('server.crt') as ca`);
    const trusting = await clientOf(url, undefined, undefined, { ...verified, ca: row?.ca });
    expect(await postgres.probe(trusting)).toMatchObject({ user: 'postgres' });
    const unverified = await clientOf(url, undefined, undefined, { tls: 'require' });
    expect(await postgres.probe(unverified)).toMatchObject({ user: 'postgres' });
  });
}
