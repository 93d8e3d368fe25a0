/** Changes as rows of a terminal, newest first. */
import type { ChangePage, ChangeRow } from '../model/view.ts';
import { aligned, harmless, painter, type Terminal } from './terminal.ts';
import { classTone, statusTone } from './words.ts';

export function listTable({ changes, next }: ChangePage, terminal: Terminal): string {
  if (changes.length === 0) return 'Nothing has been changed yet. Propose a change with `recourse propose -f FILE`.';
  const paint = painter(terminal);
  const rows = changes.map((row) => [
    paint('quiet', row.id),
    paint(statusTone[row.status], statusWords(row)),
    row.class ? paint(classTone[row.class], row.class) : '',
    harmless(row.environment),
    harmless(row.title) + (row.alone ? paint('person', ' (alone)') : ''),
  ]);
  return aligned(rows) + (next ? `\n\nMore: recourse list --after ${next}` : '');
}

const statusWords = ({ status, interrupted, recovery }: ChangeRow): string =>
  interrupted
    ? `${status}, interrupted`
    : recovery && recovery.status !== 'running'
      ? `${status}, ${recovery.status}`
      : status;
