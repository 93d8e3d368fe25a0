import type { Rule } from '../../model/surface.ts';
import { grantedMore } from '../plan/iam-grants.ts';
import { names } from '../plan/said.ts';
import type { Configuration } from './configuration.ts';
import { policyDocuments } from './policy-documents.ts';

/** What was done with a right while it was there is not undone by taking it away. */
export const accessWidened: Rule<Configuration> = {
  id: 'terraform/access-widened',
  problem: 'A policy lets somebody do more than before. Reverting takes the right away, not what was done with it.',
  instead: 'Give only the actions and resources that are asked for, with an end, and watch the audit log meanwhile.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  examples: {
    matches: [
      {
        before:
          'data "aws_iam_policy_document" "d" {\n  statement {\n    actions   = ["s3:GetObject"]\n    resources = ["*"]\n  }\n}\n',
        after:
          'data "aws_iam_policy_document" "d" {\n  statement {\n    actions   = ["s3:*"]\n    resources = ["*"]\n  }\n}\n',
      },
      {
        before:
          'resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })\n}\n',
        after:
          'resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })\n}\n',
      },
    ],
    passes: [
      {
        before:
          'data "aws_iam_policy_document" "d" {\n  statement {\n    actions   = ["s3:*"]\n    resources = ["*"]\n  }\n}\n',
        after:
          'data "aws_iam_policy_document" "d" {\n  statement {\n    actions   = ["s3:GetObject"]\n    resources = ["*"]\n  }\n}\n',
      },
    ],
  },
  *find({ before, after }) {
    const were = policyDocuments(before?.module);
    for (const [name, { grants, at }] of policyDocuments(after?.blocks)) {
      const was = were.get(name);
      const given = was ? grantedMore(was.grants, grants) : [];
      if (given.length === 0) continue;
      yield {
        class: given.some(({ action, resource }) => action === '*' && resource === '*')
          ? 'compensatable'
          : 'fully-reversible',
        classAfterWrites: 'compensatable',
        message: `${name} gives more: ${names(given.map(({ action, resource }) => `${action} on ${resource}`))}. What is done with it meanwhile stays done.`,
        at,
        closedBy: 'the first use of the new right',
      };
    }
  },
};
