import type { Rule } from '../../model/surface.ts';
import { destroyFact } from '../plan/destroy-facts.ts';
import { addressOf, lifecycleArgument, type Block, type Configuration } from './configuration.ts';
import { addedResources, holdsDataByType, named, removedResources } from './resource-changes.ts';

/** What is not in the configuration is destroyed. */
export const resourceRemoved: Rule<Configuration> = {
  id: 'terraform/resource-removed',
  problem: 'A resource is removed or renamed without a moved or removed block: the next apply destroys the object.',
  instead: 'For a new name add a `moved` block; to keep the object add `removed` with `destroy = false`.',
  source: 'https://developer.hashicorp.com/terraform/language/block/removed',
  examples: {
    matches: [
      { before: 'resource "aws_db_instance" "main" {\n  engine = "postgres"\n}\n', after: '' },
      {
        before: 'resource "aws_sns_topic" "a" {\n  name = "news"\n}\n',
        after: 'resource "aws_sns_topic" "b" {\n  name = "news"\n}\n',
      },
    ],
    passes: [
      {
        before: 'resource "aws_sns_topic" "a" {\n  name = "news"\n}\n',
        after:
          'resource "aws_sns_topic" "b" {\n  name = "news"\n}\n\nmoved {\n  from = aws_sns_topic.a\n  to   = aws_sns_topic.b\n}\n',
      },
      {
        before: 'resource "aws_sns_topic" "a" {\n  name = "news"\n}\n',
        after: 'removed {\n  from = aws_sns_topic.a\n  lifecycle {\n    destroy = false\n  }\n}\n',
      },
    ],
  },
  *find(change) {
    const spoken = new Set([
      ...named(change.after?.module, 'moved', 'from'),
      ...named(change.after?.module, 'removed', 'from'),
    ]);
    for (const block of removedResources(change)) {
      const address = addressOf(block);
      if (spoken.has(address)) continue;
      const [type = ''] = block.labels;
      const fact = destroyFact(type);
      const heir = addedResources(change).find((other) => isAlike(block, other));
      const guarded = lifecycleArgument(block, 'prevent_destroy')?.value === true;
      const because = fact ? `: ${fact.loses}` : holdsDataByType(type) ? `: by its name, ${type} holds data` : '';
      yield {
        class:
          fact?.class ?? (holdsDataByType(type) ? 'non-recoverable-without-restore' : 'reversible-with-manual-repair'),
        message: `${address} is no longer in the configuration, so the next apply destroys it${because}.${
          guarded ? ' Its prevent_destroy goes with the block and stops nothing.' : ''
        }`,
        instead: heir
          ? `${addressOf(heir)} looks like it. Add: moved { from = ${address}, to = ${addressOf(heir)} }`
          : `To keep it add: removed { from = ${address}, lifecycle { destroy = false } }. ${fact?.keep ?? ''}`.trim(),
        at: change.after?.at ?? block.at,
        closedBy: 'the next apply',
      };
    }
  },
};

/** One of the same type with almost the same arguments. */
function isAlike(a: Block, b: Block): boolean {
  if (a.labels[0] !== b.labels[0]) return false;
  const names = [...a.arguments.keys()];
  const same = names.filter((name) => a.arguments.get(name)?.text === b.arguments.get(name)?.text).length;
  return names.length > 0 && same / Math.max(names.length, b.arguments.size) >= 0.7;
}
