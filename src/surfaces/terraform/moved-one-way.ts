import type { Rule } from '../../model/surface.ts';
import { blocksOf, type Block, type Configuration } from './configuration.ts';

const ends = (block: Block): readonly [string, string] => [
  block.arguments.get('from')?.text ?? '',
  block.arguments.get('to')?.text ?? '',
];

/** Reverting takes the block away with the new name. */
export const movedOneWay: Rule<Configuration> = {
  id: 'terraform/moved-one-way',
  problem: 'A moved block is added. A revert takes it away, and then destroys the object under its new address.',
  instead: 'Put a moved block in the other direction into the revert.',
  source: 'https://developer.hashicorp.com/terraform/language/block/moved',
  examples: {
    matches: [{ before: '', after: 'moved {\n  from = aws_sns_topic.a\n  to   = aws_sns_topic.b\n}\n' }],
    passes: [
      {
        before: 'moved {\n  from = aws_sns_topic.a\n  to   = aws_sns_topic.b\n}\n',
        after: '# news\nmoved {\n  from = aws_sns_topic.a\n  to   = aws_sns_topic.b\n}\n',
      },
    ],
  },
  *find({ before, after }) {
    if (!before) return;
    const were = new Set(blocksOf(before.module, 'moved').map((block) => ends(block).join(' ')));
    for (const block of blocksOf(after?.blocks, 'moved')) {
      const [from, to] = ends(block);
      if (were.has(`${from} ${to}`)) continue;
      yield {
        class: 'reversible-with-manual-repair',
        message: `Reverting destroys ${to} and makes ${from} anew, because the old configuration has no moved block back.`,
        at: block.at,
        inverse: `moved {\n  from = ${to}\n  to   = ${from}\n}`,
      };
    }
  },
};
