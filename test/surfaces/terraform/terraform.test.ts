import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { SourceFile } from '#src/model/artifact.ts';
import type { Instant } from '#src/model/ids.ts';
import { assess } from '#src/pipeline/assess.ts';
import { terraform } from '#src/surfaces/terraform/index.ts';

const now = '2027-01-01T00:00:00.000Z' as Instant;

const findingsOf = async (...files: readonly SourceFile[]) => {
  const { artifacts } = await assess({ terraform } as never, files, now);
  return artifacts.flatMap(({ findings }) => findings);
};
const rulesOf = async (...files: readonly SourceFile[]) => (await findingsOf(...files)).map(({ rule }) => rule);

const bucket = 'resource "aws_s3_bucket" "b" {\n  bucket = "a"\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n';

test('[L14.1] a resource that goes to another file of the module is not removed', async () => {
  expect(
    await rulesOf({ path: 'a.tf', before: bucket, after: '' }, { path: 'b.tf', before: '', after: bucket }),
  ).toEqual([]);
});

test('[L14.1] one that goes to another folder is', async () => {
  const rules = await rulesOf(
    { path: 'x/a.tf', before: bucket, after: '' },
    { path: 'y/b.tf', before: '', after: bucket },
  );
  expect(rules).toEqual(['terraform/resource-removed']);
});

test('[L14.1] prevent_destroy goes with its block and stops nothing', async () => {
  const [finding] = await findingsOf({ path: 'a.tf', before: bucket, after: '# empty\n' });
  expect(finding).toMatchObject({
    class: 'non-recoverable-without-restore',
    message: expect.stringContaining('prevent_destroy goes with the block'),
    at: { path: 'a.tf', line: 1, column: 1 },
  });
});

test('[L14.1] a renamed resource is offered its moved block', async () => {
  const [finding] = await findingsOf({ path: 'a.tf', before: bucket, after: bucket.replace('"b"', '"c"') });
  expect(finding?.instead).toBe(
    'aws_s3_bucket.c looks like it. Add: moved { from = aws_s3_bucket.b, to = aws_s3_bucket.c }',
  );
});

test('[L14.1] a moved block with keys speaks for its resource', async () => {
  const after =
    'resource "aws_s3_bucket" "b" {\n  for_each = toset(["a"])\n}\nmoved {\n  from = aws_s3_bucket.b\n  to   = aws_s3_bucket.b["a"]\n}\n';
  expect(await rulesOf({ path: 'a.tf', before: 'resource "aws_s3_bucket" "b" {\n}\n', after })).toEqual([
    'terraform/moved-one-way',
  ]);
});

test('[L33.2] what says an exact version, a commit or a folder is pinned', async () => {
  const call = (source: string, version?: string) =>
    `module "m" {\n  source = "${source}"\n${version ? `  version = "${version}"\n` : ''}}\n`;
  const pins: readonly (readonly [string, string | undefined, boolean])[] = [
    ['terraform-aws-modules/vpc/aws', '5.8.1', true],
    ['app.terraform.io/acme/vpc/aws', '= 5.8.1', true],
    ['terraform-aws-modules/vpc/aws', '>= 5.0.0, < 6.0.0', false],
    ['terraform-aws-modules/iam/aws//modules/iam-role', undefined, false],
    ['github.com/acme/vpc?ref=v1.2.3', undefined, true],
    ['git::ssh://git@example.com/vpc.git?ref=51d4629', undefined, true],
    ['git@github.com:acme/vpc.git', undefined, false],
    ['git::https://example.com/vpc.git?ref=release', undefined, false],
    ['./modules/vpc', undefined, true],
  ];
  for (const [source, version, isPinned] of pins)
    expect([source, ...(await rulesOf({ path: 'a.tf', after: call(source, version) }))]).toEqual([
      source,
      ...(isPinned ? [] : ['terraform/module-unpinned']),
    ]);
});

test('[L33.2] a call that did not change is not told again', async () => {
  const call = 'module "m" {\n  source = "acme/vpc/aws"\n}\n';
  expect(await rulesOf({ path: 'a.tf', before: call, after: `# news\n${call}` })).toEqual([]);
});

test('HCL and JSON that say the same are found to be the same', async () => {
  const hcl = {
    path: 'main.tf',
    before:
      'resource "aws_db_instance" "d" {\n  allocated_storage = 50\n  backup_retention_period = 7\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n',
    after:
      'resource "aws_db_instance" "d" {\n  allocated_storage = 100\n  backup_retention_period = 0\n}\nmodule "m" {\n  source = "acme/vpc/aws"\n}\n',
  };
  const inJson = (resource: object, more: object = {}) =>
    JSON.stringify({ resource: { aws_db_instance: { d: resource } }, ...more }, null, 2);
  const json = {
    path: 'main.tf.json',
    before: inJson({ allocated_storage: 50, backup_retention_period: 7, lifecycle: { prevent_destroy: true } }),
    after: inJson(
      { allocated_storage: 100, backup_retention_period: 0 },
      { module: { m: { source: 'acme/vpc/aws' } } },
    ),
  };
  const said = async (file: SourceFile) =>
    (await findingsOf(file)).map(({ rule, message }) => `${rule} ${message}`).toSorted();
  const found = await said(hcl);
  expect(found).toHaveLength(4);
  expect(await said(json)).toEqual(found);
});

test('a finding stands at its line and column, after characters of any width', async () => {
  const text = (days: number) =>
    `# ä€😀\nresource "aws_cloudwatch_log_group" "g" {\n  name = "ä😀" \n  retention_in_days = ${days}\n}\n`;
  expect(await findingsOf({ path: 'a.tofu', before: text(365), after: text(7) })).toMatchObject([
    { at: { path: 'a.tofu', line: 4, column: 3 } },
  ]);
});

test('[L28] policies are compared in all three ways to write them', async () => {
  const policy = (action: string) => ({ Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
  const ways = [
    (action: string) =>
      `resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "${action}", Resource = "*" }] })\n}\n`,
    (action: string) =>
      `resource "aws_iam_policy" "p" {\n  policy = <<EOT\n${JSON.stringify(policy(action))}\nEOT\n}\n`,
    (action: string) =>
      `data "aws_iam_policy_document" "p" {\n  statement {\n    actions = ["${action}"]\n    resources = ["*"]\n  }\n}\n`,
  ];
  for (const write of ways) {
    expect(await rulesOf({ path: 'a.tf', before: write('s3:Get*'), after: write('s3:*') })).toEqual([
      'terraform/access-widened',
    ]);
    expect(await rulesOf({ path: 'a.tf', before: write('s3:*'), after: write('s3:Get*') })).toEqual([]);
  }
});

test.for([
  ['resource "a" "b" {\n  x = \n}\n', 2],
  ['resource "a" {', 1],
  ['}', 1],
  [`x = ${'"${'.repeat(200)}`, 1],
  [`x = ${'['.repeat(5000)}`, 1],
] as const)('%j is refused at its line', async ([text, line]) => {
  expect(await findingsOf({ path: 'a.tf', after: text })).toMatchObject([
    { rule: 'terraform/unread', at: { path: 'a.tf', line } },
  ]);
});

test('a file that cannot be read keeps no other from being read', async () => {
  const rules = await rulesOf(
    { path: 'a.tf', after: '}' },
    { path: 'b.tf', after: 'removed {\n  from = aws_eip.a\n}\n' },
  );
  expect(rules).toEqual(['terraform/unread', 'terraform/removed-destroys']);
});

test('whatever is in a file, it is read or refused inside it, and quickly', async () => {
  const pieces = fc.constantFrom(
    'resource "a" "b" {',
    '}',
    '\n',
    'x = ',
    '"${',
    '}"',
    '<<EOT\n',
    'EOT\n',
    '[',
    ']',
    '(',
    ')',
    'jsonencode(',
    '1',
    '"é😀"',
    '{ a = 1 }',
    'null',
    '#',
    '/*',
    '%{ if x }',
    'moved {',
    'from = a.b[0]',
    '\0',
    ' ',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 40 }), fc.boolean(), async (parts, isJson) => {
      const text = parts.join('');
      const started = performance.now();
      for (const finding of await findingsOf({ path: isJson ? 'a.tf.json' : 'a.tf', after: text })) {
        expect(finding.at?.line).toBeLessThanOrEqual(text.split('\n').length);
        expect(finding.message).not.toContain('undefined');
        if (finding.rule === 'terraform/unread') expect(finding.instead).not.toContain('bug');
      }
      expect(performance.now() - started).toBeLessThan(2000);
    }),
    { numRuns: 400 },
  );
});
