import { describe, expect, test } from 'vitest';

import { Status } from '#src/model/status.ts';
import type { ChangeRow } from '#src/model/view.ts';

import { changesSearch, isInView, needsAPerson } from '../../web/changesSearch.ts';
import { actorName, cutMiddle, fieldName, resourceParts, sentence, shortHash } from '../../web/names.ts';
import { statusesIn, statusWord } from '../../web/words.ts';

const row = (over: Partial<ChangeRow>): ChangeRow =>
  ({ status: 'applied', interrupted: false, recovery: null, recovers: null, ...over }) as ChangeRow;

describe('statuses', () => {
  test('every status belongs to one group', () => {
    const groups = ['preparing', 'moving', 'needs-a-person', 'in-place', 'taken-back', 'failed', 'stopped'] as const;
    expect(groups.flatMap((group) => statusesIn(group)).toSorted()).toEqual(Status.options.toSorted());
  });

  test('a recovery that is stuck needs a person, and says both', () => {
    const said = statusWord(row({ status: 'recovering', recovery: { change: 'x' as never, status: 'stuck' } }));
    expect(said).toMatchObject({ word: 'Recovering, stuck', group: 'needs-a-person' });
  });

  test('a recovery on its way does not', () => {
    const said = statusWord(row({ status: 'recovering', recovery: { change: 'x' as never, status: 'running' } }));
    expect(said).toMatchObject({ word: 'Recovering', group: 'moving' });
  });

  test('an interrupted run needs a person', () => {
    expect(statusWord(row({ status: 'running', interrupted: true }))).toMatchObject({
      word: 'Running, interrupted',
      group: 'needs-a-person',
    });
  });

  test('of a change and its recovery one waits for a person', () => {
    const recovery = { change: 'x' as never, status: 'stuck' } as const;
    expect(needsAPerson(row({ status: 'recovering', recovery }))).toBe(true);
    expect(needsAPerson(row({ status: 'stuck', recovers: 'y' as never }))).toBe(false);
    const waiting = { change: 'x' as never, status: 'awaiting-approval' } as const;
    expect(needsAPerson(row({ status: 'recovering', recovery: waiting }))).toBe(false);
    expect(needsAPerson(row({ status: 'awaiting-approval', recovers: 'y' as never }))).toBe(true);
  });

  test('a stuck recovery is in no other view', () => {
    const stuck = row({ status: 'recovering', recovery: { change: 'x' as never, status: 'stuck' } });
    expect(isInView({ view: 'moving' }, stuck)).toBe(false);
    expect(isInView({ view: 'needs-a-person' }, stuck)).toBe(true);
  });
});

test('an address keeps what it means and drops what it does not know', () => {
  expect(changesSearch({ view: 'moving', environment: 'production', class: 'none', text: '', page: 3 })).toEqual({
    view: 'moving',
    environment: 'production',
  });
});

describe('names', () => {
  test('the end of a long path stays', () => {
    const path = '/srv/payments/releases/2026-11-24/config/tls/server.key';
    const cut = cutMiddle(path, 30);
    expect(cut).toHaveLength(30);
    expect(cut.startsWith('/srv/pay')).toBe(true);
    expect(cut.endsWith('tls/server.key')).toBe(true);
    expect(cutMiddle('/etc/app.conf', 30)).toBe('/etc/app.conf');
  });

  test.each([
    ['local/file:/etc/app.conf', 'local', '/etc/app.conf'],
    ['pg-billing/role:billing_app', 'pg-billing', 'role billing_app'],
    ['config/branch:main', 'config', 'branch main'],
  ])('%s is on %s, and is %s', (resource, connection, what) => {
    expect(resourceParts(resource)).toEqual({ connection, what });
  });

  test('a field reads as a word where it is one', () => {
    expect(fieldName('canLogin')).toEqual({ name: 'Can login', isPlain: true });
    expect(fieldName('activeKeyId').name).toBe('Active key id');
    expect(fieldName('keyM2PE').name).toBe('Key M2PE');
    expect(fieldName('/etc/app.conf')).toEqual({ name: '/etc/app.conf', isPlain: false });
  });

  test('people, hashes, sentences', () => {
    expect(actorName('local:maria')).toBe('maria');
    expect(actorName('token:ci')).toBe('token:ci');
    expect(shortHash(`sha256:5f0c${'0'.repeat(56)}a7d2`)).toBe('5f0c…a7d2');
    expect(sentence('it is gone')).toBe('It is gone.');
    expect(sentence('Why?')).toBe('Why?');
  });
});
