/** Before, after and now, field by field, with what a rollback would set; what nobody moved is folded. */
import type { Comparison, FieldComparison, StepComparison } from '../model/comparison.ts';
import { isSame } from '../model/same.ts';
import { aligned, harmless, painter, type Terminal } from './terminal.ts';
import { shortened, valueWords } from './words.ts';

const parts = { state: '', identity: 'must be the same', context: 'only shown' } as const;
const cellWidth = 44;
const cell = (value: FieldComparison['now']): string => shortened(valueWords(value), cellWidth);

export function comparisonTable({ steps }: Comparison, terminal: Terminal): string {
  if (steps.length === 0) return 'Nothing of it is applied, so there is nothing to compare.';
  return steps.map((step) => stepTable(step, terminal)).join('\n\n');
}

function stepTable(step: StepComparison, terminal: Terminal): string {
  const paint = painter(terminal);
  const isFine = step.drift === 'clean' || step.drift === 'already-restored';
  const tone = isFine ? 'good' : step.drift === 'compatible' ? 'moving' : 'bad';
  const moved = step.fields.filter(hasMoved);
  const folded = step.fields.length - moved.length;
  const rows = moved.map(({ field, part, before, after, now, rollbackSets }) => [
    field,
    cell(before),
    isSame(before, after) ? paint('quiet', 'same') : paint('moving', cell(after)),
    isSame(after, now) ? paint('quiet', 'same') : paint('bad', cell(now)),
    rollbackSets === undefined ? '' : paint('way-back', cell(rollbackSets)),
    paint('quiet', parts[part]),
  ]);
  return [
    `${step.step}  ${step.resource ?? step.operation}  ${paint(tone, step.drift)}  ${paint('quiet', harmless(step.because))}`,
    aligned([['', 'before', 'after', 'now', 'rollback sets', ''], ...rows]).replaceAll(/^/gm, '   '),
    ...(folded > 0 ? [paint('quiet', `   ${folded} more, all same`)] : []),
    ...step.failingBefore.map(({ message }) => `   already failing before: ${harmless(message)}`),
    ...(step.bridge && !isFine
      ? [
          paint(
            'quiet',
            '   A change that would bridge the difference is prefilled: bridge in `recourse compare --json`.',
          ),
        ]
      : []),
  ].join('\n');
}

/** State and identity are shown when they moved at all; what is only shown, when it moved since. */
const hasMoved = ({ part, before, after, now }: FieldComparison): boolean =>
  part === 'context' ? !isSame(after, now) : !isSame(before, after) || !isSame(after, now);
