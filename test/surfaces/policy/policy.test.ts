import { describe, expect, test } from 'vitest';

import { policy } from '#src/surfaces/policy/index.ts';

import { findingsOf } from '../manifests/read.ts';

const rules = async (path: string, before: string | undefined, after: string | undefined) =>
  (await findingsOf(policy, { path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }))
    .filter(({ class: decides }) => decides !== undefined)
    .map(({ rule }) => rule.replace('policy/', ''));

/** A text, what is replaced in it, and by what: loosened forward, tightened back. */
const looser = [
  [
    'p.yaml',
    'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: a}\nspec: {validationFailureAction: Enforce, failurePolicy: Fail}\n',
    'Enforce',
    'Audit',
  ],
  [
    'p.yaml',
    'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: a}\nspec: {validationFailureAction: Enforce, failurePolicy: Fail}\n',
    'Fail}',
    'Ignore}',
  ],
  [
    'p.yaml',
    'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: {name: a}\nspec: {policyName: a, validationActions: [Deny]}\n',
    '[Deny]',
    '[Audit, Warn]',
  ],
  [
    'p.yaml',
    'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: a}\nspec: {validations: [{expression: a}, {expression: b}]}\n',
    ', {expression: b}',
    '',
  ],
  [
    'p.yaml',
    'apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: K8sNeedsLabels\nmetadata: {name: a}\nspec: {enforcementAction: deny}\n',
    'deny}',
    'dryrun}',
  ],
  [
    'p.yaml',
    'apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: K8sNeedsLabels\nmetadata: {name: a}\nspec: {match: {excludedNamespaces: [a]}}\n',
    '[a]',
    '[a, b]',
  ],
  [
    'p.yaml',
    'apiVersion: v1\nkind: Namespace\nmetadata: {name: a, labels: {pod-security.kubernetes.io/enforce: restricted}}\n',
    'restricted',
    'privileged',
  ],
  ['p.rego', 'package a\n\ndeny[m] {\n  input.x\n}\n\ndeny[m] {\n  input.y\n}\n', '\ndeny[m] {\n  input.y\n}\n', ''],
  ['p.rego', 'package a\n\ndeny[m] {\n  input.x\n}\n', '\ndeny', '\nallow {\n  true\n}\n\ndeny'],
  [
    'p.json',
    '{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}',
    '"s3:GetObject"',
    '["s3:GetObject", "s3:PutObject"]',
  ],
  [
    'p.json',
    '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}]}',
    ', {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}',
    '',
  ],
] as const;

describe('[L17.1] what is loosened forward is tightened back', () => {
  test.for(looser)('%s %j: %j → %j', async ([path, text, from, to]) => {
    expect(text).toContain(from);
    const after = text.replace(from, to);
    expect(await rules(path, text, after)).toEqual(['loosened']);
    expect(await rules(path, after, text)).toEqual(['tightened']);
    expect(await rules(path, text, `${text}\n`)).toEqual([]);
  });
});

test('[L17.2] a policy that goes is loosened, and a whole bundle that stops is said by itself', async () => {
  const one = (name: string): string =>
    `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: ${name}}\nspec: {validationFailureAction: Enforce, rules: [{name: a}]}\n`;
  expect(await rules('p.yaml', one('a'), undefined)).toEqual(['loosened']);
  expect(new Set(await rules('p.yaml', `${one('a')}---\n${one('b')}`, undefined))).toEqual(
    new Set(['loosened', 'bundle-disabled']),
  );
});

test('[L17.1] a test beside a policy is seen', async () => {
  const change = { path: 'policy/a.rego', before: 'package a\n', after: 'package a\n\ndeny[m] {\n  input.x\n}\n' };
  const told = async (...others: readonly { path: string; before: string; after: string }[]) =>
    (await findingsOf(policy, change, ...others)).some(({ rule }) => rule === 'policy/no-test');
  expect(await told()).toBe(true);
  expect(await told({ path: 'policy/a_test.rego', before: 'package a\n', after: 'package a\n' })).toBe(false);
});

test('an IAM statement that a wildcard already allows changes nothing', async () => {
  const of = (action: string): string =>
    `{"Statement": {"Effect": "Allow", "Action": ${action}, "Resource": "arn:aws:s3:::a/*"}}`;
  expect(await rules('p.json', of('["s3:Get*"]'), of('["s3:Get*", "s3:GetObject"]'))).toEqual([]);
  expect(await rules('p.json', of('["s3:Get*"]'), of('["s3:*"]'))).toContain('loosened');
});

test('a policy whose text says something else has no direction', async () => {
  const rego = (body: string): string => `package a\n\ndeny[m] {\n  ${body} # why\n}\n`;
  expect(await rules('p.rego', rego('input.x'), rego('input.y'))).toEqual(['rule-changed']);
  expect(await rules('p.rego', rego('input.x'), rego('input.x').replace('why', 'another reason'))).toEqual([]);
});
