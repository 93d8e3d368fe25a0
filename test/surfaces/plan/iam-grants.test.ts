import fc from 'fast-check';
import { expect, test } from 'vitest';

import { grantedMore, grantsIn, matches } from '#src/surfaces/plan/iam-grants.ts';

const grants = (...statements: readonly object[]) => {
  const found = grantsIn(JSON.stringify({ Statement: statements }));
  if (!found) throw new Error('no grants');
  return found;
};
const allow = { Effect: 'Allow', Resource: '*' };

test('[L28] more actions are more, fewer are not', () => {
  const [few, many] = [grants({ ...allow, Action: 's3:GetObject' }), grants({ ...allow, Action: ['s3:*'] })];
  expect(grantedMore(few, many)).toMatchObject([{ action: 's3:*' }]);
  expect(grantedMore(many, few)).toEqual([]);
});

test('[L28] a condition that goes widens, and one that comes narrows', () => {
  const free = grants({ ...allow, Action: 's3:*' });
  const bound = grants({ ...allow, Action: 's3:*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } });
  expect(grantedMore(bound, free)).toHaveLength(1);
  expect(grantedMore(free, bound)).toEqual([]);
});

test('[L28] a denial that goes widens', () => {
  const denying = grants({ ...allow, Action: '*' }, { Effect: 'Deny', Action: 'iam:*', Resource: '*' });
  expect(grantedMore(denying, grants({ ...allow, Action: '*' }))).toMatchObject([{ action: 'iam:*' }]);
});

test('[L28] order and writing do not matter', () => {
  const one = grants({ ...allow, Action: ['s3:GetObject', 's3:PutObject'] });
  const other = grants({ ...allow, Action: 's3:putobject' }, { ...allow, Action: ['s3:getobject'] });
  expect([grantedMore(one, other), grantedMore(other, one)]).toEqual([[], []]);
});

test('nothing is granted more than by itself', () => {
  const action = fc.constantFrom('s3:Get*', 's3:*', '*', 'iam:PassRole', 'ec2:Describe?');
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.array(action, { minLength: 1 }),
    Resource: fc.constantFrom('*', 'arn:aws:s3:::a/*'),
  });
  fc.assert(
    fc.property(fc.array(statement), (statements) => {
      expect(grantedMore(grants(...statements), grants(...statements))).toEqual([]);
    }),
  );
});

test('a pattern matches as a regular expression made from it would', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
  fc.assert(
    fc.property(letters, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 }), (pattern, text) => {
      expect(matches(pattern, text)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
    }),
    { numRuns: 500 },
  );
});

test('a pattern made to be slow is not', () => {
  const started = performance.now();
  expect(matches('*a'.repeat(200), 'a'.repeat(5000) + 'b')).toBe(false);
  expect(performance.now() - started).toBeLessThan(1000);
});

test('what is no policy is none', () => {
  for (const text of ['', 'Statement', '{"Statement":', '[]', 7]) expect(grantsIn(text)).toBeUndefined();
});
