import { createHash } from 'node:crypto';

import { expect, test } from 'vitest';

import { rehearsedText } from '#src/model/rehearsal.ts';
import { type ReversibilityClass, reversibilityClasses } from '#src/model/reversibility.ts';
import { runMigration } from '#src/operations/postgres/run-migration.ts';

const texts = { up: 'create table a (id int)', down: 'drop table a' };
const of = (found: ReversibilityClass, classAfterWrites = found, more: object = {}) => ({
  ...texts,
  rehearsed: `sha256:${createHash('sha256')
    .update(rehearsedText({ ...texts, class: found, classAfterWrites }))
    .digest('hex')}`,
  lossAccepted: false,
  ...more,
});
const refusedAt = (params: object): unknown =>
  runMigration.params.safeParse(params).error?.issues.map((issue) => issue.path[0]);

test('[L15.4] a rehearsal that lost data must have been accepted, one that lost none need not', () => {
  expect(refusedAt(of('fully-reversible'))).toBeUndefined();
  expect(refusedAt(of('reversible-with-manual-repair'))).toBeUndefined();
  for (const after of ['reversible-with-compatibility-window', 'non-recoverable-without-restore'] as const) {
    expect(refusedAt(of('fully-reversible', after))).toEqual(['lossAccepted']);
    expect(refusedAt(of('fully-reversible', after, { lossAccepted: true }))).toBeUndefined();
  }
});

test('[L15.4] without a rehearsal of exactly these texts it is refused', () => {
  expect(refusedAt({ ...of('fully-reversible'), up: 'create table b (id int)' })).toEqual(['rehearsed']);
  expect(refusedAt({ ...of('fully-reversible'), down: '' })).toEqual(['rehearsed']);
});

test('a text with a transaction of its own is refused', () => {
  expect(refusedAt({ ...of('fully-reversible'), up: 'begin; commit' })).toEqual(['up', 'rehearsed']);
});

test('its class is that of the rehearsal; where there is a way back it is the exchange, and is valid', () => {
  for (const found of reversibilityClasses) {
    const params = runMigration.params.parse(of(found, found, { lossAccepted: true }));
    const promised = runMigration.reversibility(params);
    expect(promised.known).toBe('rehearsal');
    if (!('undoneBy' in promised) || !promised.inverse) {
      expect(promised.class).toBe('non-recoverable-without-restore');
      continue;
    }
    expect(promised.class).toBe(found);
    const [call] = promised.inverse({ params } as never);
    expect(runMigration.params.parse(call.params)).toEqual({ ...params, up: params.down, down: params.up });
  }
});

test('taking a migration back that discards new rows cannot itself be taken back', () => {
  const params = of('fully-reversible', 'reversible-with-compatibility-window', { lossAccepted: true });
  const back = runMigration.params.parse({ ...params, up: texts.down, down: texts.up });
  expect(runMigration.reversibility(back).class).toBe('non-recoverable-without-restore');
});
