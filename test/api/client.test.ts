import { chmod } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { remoteRecourse } from '#src/api/remote-recourse.ts';
import type { Evidence } from '#src/model/fact.ts';
import type { Fault } from '#src/model/fault.ts';
import type { ChangeId, ConnectionId, StepId } from '#src/model/ids.ts';
import type { Recourse } from '#src/model/recourse.ts';

import { modes, world, type World } from './world.ts';

let here: World;
const ways: Record<string, Recourse> = {};
beforeAll(async () => {
  here = await world();
  const { at } = await here.serve();
  const { at: socketPath } = await here.serve({ trustSocket: 'local:ana' });
  ways['over HTTP'] = remoteRecourse({ baseUrl: at }, await here.token());
  ways['over the socket'] = remoteRecourse({ socketPath });
  ways['on the store'] = here.as('local:ana');
});
afterAll(() => here.end());

/** What of an answer is the same on every way: ids, instants and hashes differ, and a worker's run is one fact longer. */
const comparable = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll(/[0-7][0-9A-HJKMNP-TV-Z]{25}/g, 'ID')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'INSTANT')
      .replaceAll(/sha256:[0-9a-f]{64}/g, 'HASH')
      .replaceAll(/(local|token):[\w]+/g, 'WHO')
      .replaceAll(/"inode":"\d+"/g, '"inode":"N"')
      .replaceAll(/"seq":\d+/g, '"seq":0'),
  );

const faultOf = async (act: Promise<unknown>): Promise<Partial<Fault>> => {
  const thrown = await act.then(
    () => expect.unreachable('it should have thrown'),
    (error: unknown) => error as Fault,
  );
  expect(thrown.name).toMatch(/^Fault$/);
  const { code, message, advice, at, details } = thrown;
  return { code, message, advice, at, details };
};

/** A whole life, as each way tells it. */
const stories: Record<string, (recourse: Recourse, file: (name: string) => Promise<string>) => Promise<unknown[]>> = {
  'a change that is applied, drifts, and is rolled back': async (recourse, file) => {
    const path = await file('life');
    const told: unknown[] = [await recourse.preview(modes('T', [path, '0600']))];
    const { id } = await recourse.propose(modes('T', [path, '0600']));
    told.push(await recourse.show(id), await faultOf(recourse.run(id, {})));
    told.push(await recourse.approve(id, { note: 'fine' }), await recourse.note(id, 'a note'));
    const ran = await recourse.run(id, {});
    told.push(ran, await here.modeOf(path), await recourse.compare(id), await recourse.decide(id));
    await chmod(path, 0o640);
    told.push(await faultOf(recourse.recover(id, {})), await here.modeOf(path));
    await chmod(path, 0o600);
    told.push(await recourse.recover(id, {}), await here.modeOf(path), await recourse.recover(id, {}));
    told.push(await faultOf(recourse.run(id, {})), await recourse.close(id));
    return told;
  },
  'an edit, a rejection, a cancellation': async (recourse, file) => {
    const path = await file('edit');
    const { id } = await recourse.propose(modes('T', [path, '0600']));
    await recourse.approve(id, {});
    const told: unknown[] = [await recourse.revise(id, modes('T2', [path, '0640']))];
    told.push(await faultOf(recourse.approve(id, { plan: `sha256:${'0'.repeat(64)}` })));
    told.push(await recourse.reject(id, 'no'), await faultOf(recourse.cancel(id, '')));
    const { id: other } = await recourse.propose(modes('T', [path, '0600']));
    told.push(await recourse.cancel(other, 'not needed'), await recourse.find(other.slice(-6)));
    return told;
  },
  'a rollback that fails in part, and is put right by hand': async (recourse, file) => {
    const [one, two] = [await file('one'), await file('two')];
    const { id } = await recourse.propose(modes('T', [one, '0600'], [two, '0600']));
    await recourse.approve(id, {});
    await recourse.run(id, {});
    await chmod(one, 0o640);
    const told: unknown[] = [await faultOf(recourse.recover(id, {}))];
    told.push(await recourse.recover(id, { partly: true }), await recourse.show(id));
    told.push(await faultOf(recourse.resolve(id, '1' as StepId, { note: '' })));
    told.push(await faultOf(recourse.skip(id, '9' as StepId, { because: 'x' })));
    told.push(await recourse.retry(id, '1' as StepId, {}));
    told.push(await recourse.skip(id, '1' as StepId, { because: 'jonas keeps it' }), await recourse.show(id));
    return told;
  },
  'a failed step whose author wanted all undone': async (recourse, file) => {
    const path = await file('undo');
    const missing = `${path}-gone`;
    const { id } = await recourse.propose({
      title: 'T',
      environment: 'test',
      steps: [
        { 'linux.set-file-mode': { path, mode: '0600' } },
        { 'linux.set-file-mode': { path: missing, mode: '0600' }, onFailure: 'undo' },
      ],
    });
    await recourse.approve(id, {});
    return [await recourse.run(id, {}), await here.modeOf(path)];
  },
  'a change with another one on top of it': async (recourse, file) => {
    const path = await file('top');
    const { id } = await recourse.propose(modes('T', [path, '0600']));
    await recourse.approve(id, {});
    await recourse.run(id, {});
    const { id: top } = await recourse.propose(modes('T', [path, '0640']));
    await recourse.approve(top, {});
    await recourse.run(top, {});
    const told: unknown[] = [await faultOf(recourse.recover(id, {}))];
    told.push(await recourse.recover(id, { withLater: true }), await here.modeOf(path));
    return told;
  },
  'nothing there, and nothing right': async (recourse) => [
    await faultOf(recourse.show('01ARZ3NDEKTSV4RRFFQ69G5FAV' as ChangeId)),
    await faultOf(recourse.find('nothing')),
    await faultOf(recourse.find('ZZ')),
    await faultOf(recourse.propose({ title: 'T', environment: 'test', steps: [] })),
    await faultOf(recourse.propose(modes('T', ['relative', '0600']))),
    await faultOf(recourse.propose(modes('T', ['/f', 600 as never]))),
    await faultOf(recourse.propose({ title: 'T', environment: 'test', steps: [{ 'linux.set-file-mod': {} }] })),
    await faultOf(recourse.removeConnection('nowhere' as ConnectionId)),
    await faultOf(recourse.probeConnection('nowhere' as ConnectionId)),
    await faultOf(recourse.createToken({ name: 'A b', scopes: ['read'] })),
    await faultOf(recourse.removeToken('nobody')),
    await recourse.connections(),
    await recourse.operations(),
    await recourse.probeConnection('local' as ConnectionId),
  ],
};

describe.each(['over HTTP', 'over the socket'])('%s, as on the store', (way) => {
  test.each(Object.keys(stories))('%s', async (story) => {
    const [far, near] = [ways[way], ways['on the store']];
    const tell = stories[story];
    if (!far || !near || !tell) throw new Error('no such way');
    const named = `${way} ${story}`.replaceAll(/\W/g, '');
    const told = comparable(await tell(far, (name) => here.file(`${named}-${name}`)));
    expect(told).toEqual(comparable(await tell(near, (name) => here.file(`${named}-${name}`))));
  });
});

describe('a server that does not answer', () => {
  test('is named, with the reason', async () => {
    const port = 9; // nobody has it
    const gone = await faultOf(remoteRecourse({ baseUrl: `http://127.0.0.1:${port}` }).list({}));
    expect(gone).toMatchObject({ code: 'unreachable', at: 'http://127.0.0.1:9' });
    expect(gone.message).toContain('http://127.0.0.1:9');
    expect(gone.message).toContain('nothing listens there');
    const socketPath = join(here.folder, 'no-socket');
    expect((await faultOf(remoteRecourse({ socketPath }).list({}))).message).toContain(socketPath);
  });

  test.each(['', 'nowhere', 'ftp://x', 'localhost:4600'])('the address %j is refused', async (baseUrl) => {
    expect((await faultOf(remoteRecourse({ baseUrl }).list({}))).code).toBe('invalid-input');
  });

  test('is told from another program that does', async () => {
    const other = createServer((_, answer) => answer.writeHead(502).end('<html>secret of a proxy</html>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const fault = await faultOf(remoteRecourse({ baseUrl }).list({}));
    other.close();
    expect(fault).toMatchObject({ code: 'unreachable', at: baseUrl });
    expect(fault.message).not.toContain('secret');
  });

  test('refuses a token that it does not know, and says no more of it', async () => {
    const { at } = await here.serve();
    const token = `rct_${'x'.repeat(43)}`;
    const fault = await faultOf(remoteRecourse({ baseUrl: at }, token).list({}));
    expect(fault.code).toBe('not-allowed');
    expect(JSON.stringify(fault)).not.toContain(token);
  });
});

describe('watching', () => {
  test('goes on where it was when the server was away', async () => {
    const first = await here.serve();
    const port = Number(new URL(first.at).port);
    const ana = here.as('local:ana');
    const { id } = await ana.propose(modes('T', [await here.file('watched'), '0600']));
    const stop = new AbortController();
    const seen: Evidence[] = [];
    const watching = (async () => {
      const remote = remoteRecourse({ baseUrl: first.at }, await here.token('read'));
      for await (const fact of remote.watch({ id, signal: stop.signal })) {
        seen.push(fact);
        if (fact.fact.fact === 'verified') return;
      }
    })();
    await ana.approve(id, {});
    while (seen.length < 4) await sleep(10);
    await first.server.close();
    const second = here.serve({}, port);
    await ana.run(id, {});
    await second;
    await watching;
    stop.abort();
    expect(seen).toEqual(await ana.facts(id));
  });

  test('ends when its signal aborts, and lets the program end', async () => {
    const stop = new AbortController();
    const ending = (async () => {
      for await (const _ of ways['over HTTP']?.watch({ signal: stop.signal }) ?? []) expect.unreachable();
    })();
    setTimeout(() => stop.abort(), 100);
    await ending;
  });

  test('a run that is not waited for any longer goes on at the server', async () => {
    const remote = ways['over HTTP'];
    const { id } = await here.as('local:ana').propose({
      title: 'T',
      environment: 'test',
      steps: [
        { 'linux.set-file-mode': { path: await here.file('left'), mode: '0600' } },
        {
          wait: { until: 'linux/file-exists', subject: { path: join(here.folder, 'never') }, every: '1s' },
          on: 'local' as ConnectionId,
        },
      ],
    });
    await remote?.approve(id, {});
    const stop = new AbortController();
    const waits = (async () => {
      for await (const { fact } of here.as('local:ana').watch({ id, signal: stop.signal }))
        if (fact.fact === 'waiting') stop.abort();
    })();
    const fault = await faultOf(remote?.run(id, { signal: stop.signal }) ?? Promise.resolve());
    await waits;
    expect(fault).toMatchObject({ code: 'interrupted', at: id });
    expect(fault.message).toContain('1 of its 2 steps');
    expect((await remote?.show(id))?.status).toBe('waiting');
    expect((await remote?.cancel(id, 'enough'))?.cancelAsked).toBeDefined();
  });
});
