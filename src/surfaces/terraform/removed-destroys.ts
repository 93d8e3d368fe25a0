import type { Rule } from '../../model/surface.ts';
import { blocksOf, nested, type Block, type Configuration } from './configuration.ts';
import { holdsDataByType } from './resource-changes.ts';

const fromOf = (block: Block): string => block.arguments.get('from')?.text ?? 'it';

/** A removed block destroys unless it says not to. */
export const removedDestroys: Rule<Configuration> = {
  id: 'terraform/removed-destroys',
  problem: 'A removed block lets the object be destroyed: destroy is true where nothing is said.',
  instead: 'Say `lifecycle { destroy = false }` where only the state should forget it.',
  source: 'https://developer.hashicorp.com/terraform/language/block/removed',
  examples: {
    matches: ['removed {\n  from = aws_db_instance.main\n  lifecycle {\n    destroy = true\n  }\n}\n'],
    passes: ['removed {\n  from = aws_db_instance.main\n  lifecycle {\n    destroy = false\n  }\n}\n'],
  },
  *find({ before, after }) {
    const were = new Set(blocksOf(before?.module, 'removed').map(fromOf));
    for (const block of blocksOf(after?.blocks, 'removed')) {
      const from = fromOf(block);
      if (were.has(from) || nested(block, 'lifecycle')?.arguments.get('destroy')?.value === false) continue;
      yield {
        class: holdsDataByType(from.split('.').at(-2) ?? '')
          ? 'non-recoverable-without-restore'
          : 'reversible-with-manual-repair',
        message: `The removed block of ${from} destroys the object.`,
        at: block.at,
        closedBy: 'the apply',
      };
    }
  },
};
