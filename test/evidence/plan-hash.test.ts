import { expect, test } from 'vitest';

import { planHash } from '#src/evidence/plan-hash.ts';
import { Change } from '#src/model/change.ts';
import { PlannedStep } from '#src/model/fact.ts';

import { facts } from './chain-of.ts';

const change = Change.parse((facts[0] as { change: unknown }).change);
const planned = PlannedStep.parse({
  step: '1',
  resource: 'local/file:/tmp/f',
  class: 'fully-reversible',
  because: 'the mode before is known',
  known: 'rule',
  undoneBy: ['linux.set-file-mode'],
});
const hash = planHash(change, [planned]);

test('the hash of a plan is what it always was', () => {
  expect(hash).toBe('sha256:35970400bbf763017a9261cbbb6efa0d7bcc2984f18307c61d0522fb20bbd22f');
});

test.each([
  ['the change', { ...change, title: 'Loosen the file' }, planned],
  ['a resource', change, { ...planned, resource: 'local/file:/tmp/g' }],
  ['a class', change, { ...planned, class: 'forward-only' }],
  ['what undoes a step', change, { ...planned, undoneBy: [] }],
])('the hash of a plan is another one when %s is', (_, other, step) => {
  expect(planHash(Change.parse(other), [PlannedStep.parse(step)])).not.toBe(hash);
});

test('the hash of a plan does not depend on the words for a class', () => {
  expect(planHash(change, [{ ...planned, because: 'in other words' }])).toBe(hash);
});
