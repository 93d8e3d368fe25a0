import type { Rule } from '../../model/surface.ts';
import type { Block, Configuration } from './configuration.ts';
import { changedResources, holdsDataByType, named } from './resource-changes.ts';

type Repetition = 'count' | 'for_each' | 'once';
const repetitionOf = (block: Block): Repetition =>
  block.arguments.has('for_each') ? 'for_each' : block.arguments.has('count') ? 'count' : 'once';

/** Every address changes, and each object is destroyed under its old one. */
export const repetitionChanged: Rule<Configuration> = {
  id: 'terraform/repetition-changed',
  problem:
    'A resource changes between count, for_each and neither without moved blocks: its objects are destroyed and made anew.',
  instead: 'Add a `moved` block for each object.',
  source: 'https://developer.hashicorp.com/terraform/language/modules/develop/refactoring',
  examples: {
    matches: [
      {
        before: 'resource "aws_s3_bucket" "b" {\n  count = 2\n}\n',
        after: 'resource "aws_s3_bucket" "b" {\n  for_each = toset(["a", "b"])\n}\n',
      },
    ],
    passes: [
      {
        before: 'resource "aws_s3_bucket" "b" {\n}\n',
        after: 'resource "aws_s3_bucket" "b" {\n  count = 1\n}\n',
      },
      {
        before: 'resource "aws_s3_bucket" "b" {\n}\n',
        after:
          'resource "aws_s3_bucket" "b" {\n  for_each = toset(["a"])\n}\n\nmoved {\n  from = aws_s3_bucket.b\n  to   = aws_s3_bucket.b["a"]\n}\n',
      },
    ],
  },
  *find(change) {
    const moved = named(change.after?.module, 'moved', 'from');
    for (const { address, type, before, after } of changedResources(change)) {
      const [was, is] = [repetitionOf(before), repetitionOf(after)];
      // between one object and count Terraform moves by itself
      const isFollowed = was === is || (was !== 'for_each' && is !== 'for_each') || moved.has(address);
      if (isFollowed) continue;
      yield {
        class: holdsDataByType(type) ? 'non-recoverable-without-restore' : 'reversible-with-manual-repair',
        message: `${address} changes from ${words[was]} to ${words[is]}: every object of it is destroyed and made again under a new address.`,
        instead: `Add a moved block for each, such as: moved { from = ${address}${keys[was]}, to = ${address}${keys[is]} }`,
        at: after.at,
        closedBy: 'the next apply',
      };
    }
  },
};

const words = { count: 'count', for_each: 'for_each', once: 'a single object' } as const satisfies Record<
  Repetition,
  string
>;
const keys = { count: '[0]', for_each: '["key"]', once: '' } as const satisfies Record<Repetition, string>;
