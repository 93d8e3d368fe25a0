import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { Fault } from '#src/model/fault.ts';
import type { Store } from '#src/model/store.ts';
import { openDatabase } from '#src/store/embedded.ts';
import { makeDatabaseFolder } from '#src/store/first-start.ts';
import { migrate } from '#src/store/migrate.ts';
import { openStore, storeOn } from '#src/store/open.ts';
import { storeFault } from '#src/store/store-fault.ts';
import { ambient } from '#src/systems/host.ts';

import { aChange, me, noted, told } from './a-change.ts';
import { FailingDisk } from './failing-disk.ts';
import { placeOf, query } from './stores.ts';

const faultOf = async (failing: Promise<unknown>): Promise<Fault> => {
  const thrown = await failing.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof Fault)) throw thrown;
  return thrown;
};
const large = 'x'.repeat(400_000);

describe('the embedded store', () => {
  let folder = '';
  let made = 0;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'recourse-faults-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const onDisk = async (fsync?: () => void) => {
    const path = join(folder, String(made++));
    await makeDatabaseFolder(path);
    const disk = new FailingDisk(path, fsync);
    const opened = await openDatabase(path, disk);
    await migrate(opened.db);
    const store = storeOn({ kind: 'embedded', ...opened, close: () => opened.lite.close() }, ambient, () => undefined);
    const again = async (): Promise<Store> => {
      const database = await openDatabase(path);
      return storeOn({ kind: 'embedded', ...database, close: () => database.lite.close() }, ambient, () => undefined);
    };
    return { disk, store, again };
  };
  const asFault = async (failing: Promise<unknown>): Promise<Fault> =>
    faultOf(failing.catch((error: unknown) => Promise.reject(storeFault(error, 'here'))));

  test('a full disk is said, nothing is half written, and the store goes on when there is room', async () => {
    const { disk, store } = await onDisk();
    const chain = await aChange(store);
    disk.isFull = true;
    expect(await asFault(told(store, chain.id, [noted(large)]))).toMatchObject({
      code: 'store-failed',
      message: expect.stringContaining('The disk of the store is full.') as unknown,
    });
    disk.isFull = false;
    expect((await store.read(chain.id)).evidence).toHaveLength(1);
    expect((await told(store, chain.id, [noted('room')])).evidence).toHaveLength(2);
    await store.close();
  }, 30_000);

  test('when there is no room even for the log it stops, says so, and opens again with all that was confirmed', async () => {
    const { disk, store, again } = await onDisk();
    const chain = await aChange(store);
    disk.isFull = true;
    for (const _ of [1, 2])
      expect((await asFault(told(store, chain.id, [noted('small')]))).message).toMatch(
        /^The disk of the store is full/,
      );
    expect((await asFault(store.list({}))).code).toBe('store-failed');
    const reopened = await again();
    expect((await told(reopened, chain.id, [noted('after')])).evidence).toHaveLength(2);
    await reopened.close();
  }, 30_000);

  test('after a failed fsync it confirms nothing any more', async () => {
    let isFailing = false;
    const { store, again } = await onDisk(() => {
      if (isFailing) throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO', syscall: 'fsync' });
    });
    const chain = await aChange(store);
    isFailing = true;
    expect((await asFault(told(store, chain.id, [noted('lost?')]))).message).toMatch(/^The disk of the store fails/);
    isFailing = false;
    await asFault(told(store, chain.id, [noted('never confirmed')]));
    const reopened = await again();
    expect((await reopened.read(chain.id)).evidence[0]).toEqual(chain.evidence[0]);
    await reopened.close();
  }, 30_000);

  test('a data folder that is a file', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect(await faultOf(openStore({ url: file, ambient }))).toMatchObject({ code: 'store-failed', at: file });
    expect((await faultOf(openStore({ url: join(file, 'below'), ambient }))).message).toMatch(/data folder/);
  });

  test('a programming error is no fault of the store', () => {
    const bug = new TypeError('undefined is not a function');
    expect(storeFault(bug, 'here')).toBe(bug);
    const fault = new Fault('not-found', 'There is none.');
    expect(storeFault(fault, 'here')).toBe(fault);
  });
});

describe('PostgreSQL', () => {
  const place = placeOf('PostgreSQL 15');
  const failed = (says: string) => ({ code: 'store-failed', message: expect.stringContaining(says) as unknown });

  place.test('what is wrong with the URL or the server is said, and the password is not', async () => {
    const url = new URL(await place.freshUrl());
    const password = url.password;
    const to = async (change: (to: URL) => void) => {
      const other = new URL(url);
      change(other);
      const fault = await faultOf(openStore({ url: other.href, ambient }));
      expect(JSON.stringify([fault.report, fault.stack])).not.toContain(password);
      return fault;
    };
    expect(await to((other) => (other.password = 'wrong-password'))).toMatchObject(failed('refuses the user'));
    expect(await to((other) => (other.pathname = '/nothing'))).toMatchObject(failed('does not exist'));
    expect(await to((other) => (other.port = '1'))).toMatchObject(failed('does not answer'));
    expect(await to((other) => (other.hostname = 'no-such-host.invalid'))).toMatchObject(
      failed('host of the database'),
    );
    expect(await faultOf(openStore({ url: 'postgres://:x:y@z:w', ambient }))).toMatchObject({ code: 'invalid-input' });
  });

  place.test('a user that may not create says which permission is missing', async () => {
    const url = await place.freshUrl();
    await query(url, "create role small login password 'small-password'");
    const other = Object.assign(new URL(url), { username: 'small', password: 'small-password' });
    expect(await faultOf(openStore({ url: other.href, ambient }))).toMatchObject({
      ...failed('may not do this'),
      advice: expect.stringContaining('CREATE on the database') as unknown,
    });
  });

  place.test('a full disk', async () => {
    const url = await place.freshUrl();
    const store = await place.open(url);
    const chain = await aChange(store);
    await query(
      url,
      `create function full() returns trigger language plpgsql as
        $$begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end$$`,
    );
    await query(
      url,
      'create trigger full_disk before insert on recourse.evidence for each row execute function full()',
    );
    expect(await faultOf(told(store, chain.id, [noted('x')]))).toMatchObject(failed('disk of the store is full'));
    await query(url, 'drop trigger full_disk on recourse.evidence');
    expect((await told(store, chain.id, [noted('room')])).evidence).toHaveLength(2);
  });

  place.test(
    'a connection that is lost in the middle: nothing is half written, and the next append goes on',
    async () => {
      const url = await place.freshUrl();
      const store = await place.open(url);
      const chain = await aChange(store);
      // holds the row, so that the append waits while its connection is taken away
      await query(url, 'create extension if not exists plpgsql');
      await query(
        url,
        `create function slow() returns trigger language plpgsql as $$begin perform pg_sleep(30); return new; end$$`,
      );
      await query(url, 'create trigger slow before insert on recourse.evidence for each row execute function slow()');
      const appending = faultOf(store.append([{ chain, facts: [noted('cut off')], by: me }]));
      for (let cut = 0; cut === 0;)
        cut = (
          await query(
            url,
            `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'recourse' and wait_event = 'PgSleep'`,
          )
        ).length;
      expect(await appending).toMatchObject(failed('does not answer'));
      await query(url, 'drop trigger slow on recourse.evidence');
      expect((await store.read(chain.id)).evidence).toHaveLength(1);
      expect((await told(store, chain.id, [noted('on')])).evidence).toHaveLength(2);
    },
  );

  place.test('a server that stops', async () => {
    const store = await place.open(await place.freshUrl());
    const chain = await aChange(store);
    await place.server().stop();
    expect(await faultOf(store.ping())).toMatchObject({ code: 'store-failed' });
    expect(await faultOf(told(store, chain.id, [noted('x')]))).toMatchObject(failed('does not answer'));
  });
});
