/**
 * Secrets are planted in every place where one can come in, whole lives of changes are lived, and then they are looked
 * for wherever anything was written or said. That the search can find one is shown for every such place.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startDatabase } from '../live/postgres/database.ts';
import { orSkip } from '../live/require.ts';
import { makeCanaries } from './canaries.ts';
import { type Haystack, type Kind, kinds } from './haystack.ts';
import { live, type Life } from './life.ts';
import { digestNeedles, needlesOf, searcher } from './needles.ts';
import { plants } from './plants.ts';
import { openStage, type Stage } from './stage.ts';

const database = await startDatabase(undefined, { log_statement: 'all', log_min_duration_statement: '0' });

/** What each of them must hold, or we looked in the wrong place. `<id>` is the change that lived longest. */
const witnesses = {
  'files that are kept': '<id>',
  'rows of the store': '<id>',
  'what commands print': '<id>',
  'the log of the server': '"route":"/api/v1/changes/:id/retry"',
  'answers of the API': '<id>',
  events: '<id>',
  evidence: '<id>',
  'arguments of processes': 'receive-pack',
  'the log of PostgreSQL': 'alter role "orders" password',
  'requests to the Git remote': 'POST /platform.git/git-receive-pack',
  'objects of repositories': 'replicas: 4',
  pages: '<title>Recourse</title>',
} as const satisfies Record<Kind, string>;

orSkip('skipped' in database ? database.skipped : undefined)('a secret, after whole lives of changes,', () => {
  if ('skipped' in database) return;
  const canaries = makeCanaries();
  let stage: Stage;
  let life: Life;
  let haystacks: readonly Haystack[];

  beforeAll(async () => {
    stage = await openStage(database, canaries);
    life = await live(stage, canaries);
    haystacks = await stage.everything();
  }, 240_000);
  afterAll(async () => {
    await stage.close();
    await database.stop();
  });

  test('[R1.6] logs in, though it was made here and nobody saw it', () => {
    expect(life.applied.logins.reports).toEqual({ old: '28P01', new: 'in' });
    expect(life.applied.logins.orders).toEqual({ old: '28P01', new: 'in' });
  });

  test('[R1.6] [N10] logs in again after the rollback, though nobody ever knew it here', () => {
    expect(life.takenBack.verifiers).toEqual(life.before);
    expect(life.takenBack.logins.reports).toEqual({ old: 'in', new: '28P01' });
    expect(life.takenBack.logins.orders).toEqual({ old: 'in', new: '28P01' });
  });

  test('came to the Git remote in the one header where it belongs', () => {
    const names = ['the password of the Git remote', 'a wrong password, from a file of settings'];
    expect([...stage.remote.passwords].toSorted()).toEqual(names.map(canaries.plain).toSorted());
  });

  test.each(kinds)('stands nowhere in %s', (kind) => {
    const search = searcher(canaries.needles());
    const ofKind = haystacks.filter((one) => one.kind === kind);
    const witness = Buffer.from(witnesses[kind].replace('<id>', life.release));
    expect(
      ofKind.some(({ bytes }) => Buffer.from(bytes).includes(witness)),
      'it is the right place',
    ).toBe(true);
    expect(ofKind.flatMap(({ place, bytes }) => search(bytes).map((found) => `${found} in ${place}`))).toEqual([]);
  });

  test.each(kinds)('would be found in %s', async (kind) => {
    const canary = makeCanaries();
    const planted = await plants[kind](canary.plain('planted'), database);
    const search = searcher(canary.needles());
    expect(planted.flatMap(({ bytes }) => search(bytes))).not.toEqual([]);
  });
});

describe('the search finds a secret', () => {
  const secret = `Canary0123456789 "'\\%&+/=$`;
  const search = searcher([...needlesOf('it', secret), ...digestNeedles('it', secret)]);

  test.for([
    ['as it is', secret],
    ['in JSON', JSON.stringify({ secret })],
    ['in a URL', `/?x=${encodeURIComponent(secret)}`],
    ['in a form', new URLSearchParams({ secret }).toString()],
    ['in hexadecimal', Buffer.from(secret).toString('hex')],
    ['in base64', btoa(secret)],
    ['in base64, behind a user', btoa(`a:${secret}`)],
    ['in base64, behind another one', btoa(`a:b${secret}x`)],
    ['in base64 for URLs', Buffer.from(`>>>${secret}`).toString('base64url')],
  ])('%s', ([, text]) => {
    expect(search(Buffer.from(`before ${text} after`))).not.toEqual([]);
  });

  test('and only a secret', () => {
    const others = [secret.replace('C', 'D'), secret.slice(1), btoa(secret.slice(1)), ''];
    expect(others.flatMap((text) => search(Buffer.from(text)))).toEqual([]);
  });
});
