import type { Rule } from '../../model/surface.ts';
import { addressOf, blocksOf, lifecycleArgument, type Block, type Configuration } from './configuration.ts';

const ignoredOf = (block: Block | undefined): string | undefined => lifecycleArgument(block, 'ignore_changes')?.text;

/** What is ignored is not set back either. */
export const changesIgnored: Rule<Configuration> = {
  id: 'terraform/changes-ignored',
  problem:
    'Changes of the object are ignored. A revert then does not set back what is ignored, and no plan shows that it differs.',
  instead: 'Name only what another system owns, and say so beside it.',
  source: 'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle',
  examples: {
    matches: [
      'resource "aws_ecs_service" "s" {\n  lifecycle {\n    ignore_changes = all\n  }\n}\n',
      {
        before: 'resource "aws_ecs_service" "s" {\n}\n',
        after: 'resource "aws_ecs_service" "s" {\n  lifecycle {\n    ignore_changes = [task_definition]\n  }\n}\n',
      },
    ],
    passes: [
      {
        before: 'resource "aws_ecs_service" "s" {\n  lifecycle {\n    ignore_changes = [tags]\n  }\n}\n',
        after: 'resource "aws_ecs_service" "s" {\n  name = "a"\n  lifecycle {\n    ignore_changes = [tags]\n  }\n}\n',
      },
    ],
  },
  *find({ before, after }) {
    const were = new Map(blocksOf(before?.module, 'resource').map((block) => [addressOf(block), ignoredOf(block)]));
    for (const block of blocksOf(after?.blocks, 'resource')) {
      const [address, ignored] = [addressOf(block), ignoredOf(block)];
      if (ignored === undefined || ignored === were.get(address)) continue;
      yield {
        class: 'reversible-with-manual-repair',
        message:
          ignored === 'all'
            ? `All changes of ${address} are ignored: no revert of this configuration sets anything of it back.`
            : `Changes of ${ignored.slice(0, 80)} in ${address} are ignored: a revert does not set them back.`,
        at: lifecycleArgument(block, 'ignore_changes')?.at ?? block.at,
      };
    }
  },
};
