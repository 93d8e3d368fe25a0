import type { Rule } from '../../model/surface.ts';
import { addressOf, lifecycleArgument, type Block, type Configuration } from './configuration.ts';
import { addedResources, holdsDataByType } from './resource-changes.ts';

const switches = ['deletion_protection', 'deletion_protection_enabled', 'enable_deletion_protection'];

/** A line that costs nothing before the accident. */
export const dataStoreUnguarded: Rule<Configuration> = {
  id: 'terraform/data-store-unguarded',
  problem: 'A new resource holds data and nothing refuses to destroy it.',
  instead: 'Add `lifecycle { prevent_destroy = true }`, and the deletion protection of the service where it has one.',
  source: 'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle',
  examples: {
    matches: ['resource "aws_dynamodb_table" "orders" {\n  name = "orders"\n}\n'],
    passes: [
      'resource "aws_dynamodb_table" "orders" {\n  name = "orders"\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n',
      'resource "aws_db_instance" "d" {\n  deletion_protection = var.protected\n}\n',
    ],
  },
  *find(change) {
    for (const block of addedResources(change))
      if (holdsDataByType(block.labels[0] ?? '') && !isGuarded(block))
        yield {
          class: 'fully-reversible',
          message: `${addressOf(block)} holds data, and nothing refuses to destroy it.`,
          at: block.at,
        };
  },
};

/** Also where a variable decides: it was thought of. */
const isGuarded = (block: Block): boolean =>
  lifecycleArgument(block, 'prevent_destroy')?.value === true ||
  switches.some((name) => block.arguments.has(name) && block.arguments.get(name)?.value !== false);
