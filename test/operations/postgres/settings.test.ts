import { describe, expect, test } from 'vitest';

import { RoleName } from '#src/systems/postgres-role-name.ts';
import { postgresServer } from '#src/systems/postgres-settings.ts';

const sealed = { sealed: 'envelope', fingerprint: 'print' };
const server = (settings: unknown) => postgresServer(settings, async () => 'a password');

describe('the settings of a connection', () => {
  test('are a URL without a password, or its parts', () => {
    const parts = server({ host: 'db.example', user: 'ops', password: sealed });
    expect(parts).toMatchObject({ name: 'db.example:5432', user: 'ops', config: { database: 'postgres' } });
    const url = server({ url: 'postgres://o%40ps@db.example:6543/app', password: sealed });
    expect(url).toMatchObject({ name: 'db.example:6543', user: 'o@ps', config: { database: 'app' } });
    expect(server({ url: 'postgresql://ops@[::1]/app' }).config).toMatchObject({ host: '::1', port: 5432, ssl: false });
  });

  test('open the password only when it is needed', async () => {
    const { password } = server({ host: 'db.example', user: 'ops', password: sealed }).config;
    expect(await (typeof password === 'function' ? password() : password)).toBe('a password');
  });

  test('ask another machine for a certificate unless told otherwise', () => {
    const ssl = (more: object) => server({ host: 'db.example', user: 'ops', ...more }).config.ssl;
    expect(ssl({})).toEqual({ rejectUnauthorized: true });
    expect(ssl({ ca: 'PEM' })).toEqual({ rejectUnauthorized: true, ca: 'PEM' });
    expect(ssl({ tls: 'require' })).toEqual({ rejectUnauthorized: false });
    expect(ssl({ tls: 'disable' })).toBe(false);
    expect(server({ host: '/run/postgresql', user: 'ops' }).config.ssl).toBe(false);
    expect(server({ host: '127.evil.example', user: 'ops' }).config.ssl).not.toBe(false);
  });

  test.each([
    [{}],
    [{ host: 'db.example' }],
    [{ url: 'postgres://db.example/app' }],
    [{ url: 'postgres://ops:CANARY@db.example/app' }],
    [{ url: 'postgres://ops@db.example/app?sslmode=disable' }],
    [{ url: 'mysql://ops@db.example/app' }],
    [{ host: 'db.example', user: 'ops', password: 'CANARY' }],
    [{ host: 'db.example', user: 'ops', pasword: sealed }],
  ])('refuses %j', (settings) => {
    expect(() => server(settings)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(() => server(settings)).not.toThrow('CANARY');
  });
});

test('the name of a role has 1 to 63 bytes', () => {
  for (const name of ['app', 'App "1"', 'ä'.repeat(31)]) expect(RoleName.safeParse(name).success).toBe(true);
  for (const name of ['', 'a\0', 'ä'.repeat(32)]) expect(RoleName.safeParse(name).success).toBe(false);
});
