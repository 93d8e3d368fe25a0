import { expect, test } from 'vitest';

import { cloudAttributes } from '#src/surfaces/plan/facts/attributes-clouds.ts';
import { awsDoors } from '#src/surfaces/plan/facts/aws-doors.ts';
import { awsHistory } from '#src/surfaces/plan/facts/aws-history.ts';
import { awsExposures, awsRepairs } from '#src/surfaces/plan/facts/aws-repairs.ts';
import { awsDataStores } from '#src/surfaces/plan/facts/data-stores-aws.ts';
import { cloudDataStores } from '#src/surfaces/plan/facts/data-stores-clouds.ts';
import { directions } from '#src/surfaces/plan/facts/direction.ts';
import { identities, stateOnly } from '#src/surfaces/plan/facts/identities.ts';
import { isKeptWhenUnset } from '#src/surfaces/plan/facts/kept-when-unset.ts';

const attributes = [...awsDoors, ...awsHistory, ...awsRepairs, ...awsExposures, ...cloudAttributes];
const destroyed = Object.entries({ ...awsDataStores, ...cloudDataStores, ...identities, ...stateOnly });

test('[N9] every fact says where it comes from, how it was verified, and with what', () => {
  for (const { source, verified, because } of attributes) {
    expect(source).toMatch(/^https:\/\//);
    expect(because).toMatch(/^[A-Z].*[.]$/);
    if (verified.how === 'plan') expect(verified.with).toContain('terraform');
  }
  for (const [type, { source, verified, loses, keep }] of destroyed)
    expect({
      type,
      isSourced: source.startsWith('https://'),
      how: verified.how,
      isClause: !/[.]$/.test(loses),
      isAdvice: /^[A-Z].*[.]$/.test(keep),
    }).toEqual({
      type,
      isSourced: true,
      how: 'documentation',
      isClause: true,
      isAdvice: true,
    });
});

test('no attribute has two facts of one topic in the same direction', () => {
  const keys = attributes.map(
    ({ type, attribute, topic, when }) => `${type} ${attribute} ${topic} ${JSON.stringify(when)}`,
  );
  expect(new Set(keys).size).toBe(keys.length);
});

test.for([
  [1, 2, 'raised'],
  [1152921504606846976n, 1, 'lowered'],
  ['6.2', '7.0', 'raised'],
  ['OpenSearch_2.9', 'OpenSearch_2.11', 'raised'],
  ['POSTGRES_16', 'POSTGRES_15', 'lowered'],
  [true, false, 'disabled'],
  [null, true, 'enabled'],
  ['a', null, 'unset'],
  [null, 'a', 'set'],
] as const)('from %s to %s is %s', ([before, after, direction]) => {
  expect(directions(before, after)).toContain(direction);
});

test('between values without an order there is no direction', () => {
  expect(directions('redis', 'valkey')).toEqual(['changed']);
  expect(directions('OpenSearch_1.0', 'Elasticsearch_7.10')).toEqual(['changed']);
  expect(directions(false, null)).toEqual([]);
});

test('[N9] the table of what stays when unset has what its schema has', () => {
  expect(isKeptWhenUnset('aws_db_instance', 'engine_version')).toBe(true);
  expect(isKeptWhenUnset('aws_security_group', 'ingress')).toBe(true);
  expect(isKeptWhenUnset('aws_sns_topic', 'display_name')).toBe(false);
});
