import type { Rule } from '../../model/surface.ts';
import { blocksOf, type Block, type Configuration } from './configuration.ts';

const toOf = (block: Block): string => block.arguments.get('to')?.text ?? 'it';

/** Its inverse is not its absence. */
export const importDeclared: Rule<Configuration> = {
  id: 'terraform/import-declared',
  problem:
    'An import block takes an object into the state. Reverting it with its resource destroys what was there before.',
  instead: 'Take it out with a removed block that says destroy = false.',
  source: 'https://developer.hashicorp.com/terraform/language/block/import',
  examples: {
    matches: ['import {\n  to = aws_s3_bucket.b\n  id = "a"\n}\n'],
    passes: ['resource "aws_sns_topic" "t" {\n}\n'],
  },
  *find({ before, after }) {
    const were = new Set(blocksOf(before?.module, 'import').map(toOf));
    for (const block of blocksOf(after?.blocks, 'import')) {
      const to = toOf(block);
      if (were.has(to)) continue;
      yield {
        class: 'reversible-with-manual-repair',
        message: `${to} is imported. Reverting this commit destroys it, although it was there before.`,
        at: block.at,
        inverse: `removed {\n  from = ${to}\n  lifecycle {\n    destroy = false\n  }\n}`,
      };
    }
  },
};
