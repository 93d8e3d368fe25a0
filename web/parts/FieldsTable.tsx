import { useState } from 'react';

import type { StepComparison } from '../../src/model/comparison.ts';
import type { StepView } from '../../src/model/view.ts';
import { type FieldRow, fieldRows, isFolded, isSame } from '../fieldRows.ts';
import { count, fieldName } from '../names.ts';
import { Moment } from './Moment.tsx';
import { Value } from './Value.tsx';

interface FieldsTableProps {
  readonly step: StepView;
  readonly compared?: StepComparison | undefined;
  /** When now was read. */
  readonly at?: string | undefined;
  /** A rollback that would not run now only *would* set. */
  readonly isBlocked?: boolean;
}

/** Before, after, now and what rollback sets, field by field. */
export function FieldsTable({ step, compared, at, isBlocked = false }: FieldsTableProps) {
  const [isOpen, setOpen] = useState(false);
  const rows = fieldRows(step, compared);
  const folded = rows.filter(isFolded);
  const shown = rows.filter((row) => !isFolded(row));
  if (rows.length === 0) return null;
  return (
    <table className="fields">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before {step.startedAt && <Moment at={step.startedAt} />}</th>
          <th scope="col">After {step.endedAt && step.after && <Moment at={step.endedAt} />}</th>
          {compared && <th scope="col">Now {at && <Moment at={at} />}</th>}
          {compared && <th scope="col">{isBlocked ? 'Rollback would set' : 'Rollback sets'}</th>}
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <Field
            key={`${row.part} ${row.field}`}
            row={row}
            isCompared={compared !== undefined}
            step={step}
            isBlocked={isBlocked}
          />
        ))}
        {folded.length > 0 && (
          <tr className="fold-row">
            <td colSpan={compared ? 5 : 3}>
              <button type="button" className="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
                {count(folded.length, 'more field')}, {folded.length === 1 ? 'the same' : 'all the same'}
              </button>
            </td>
          </tr>
        )}
        {folded.map((row) => (
          <Field
            key={`${row.part} ${row.field}`}
            row={row}
            isCompared={compared !== undefined}
            step={step}
            isHidden={!isOpen}
          />
        ))}
      </tbody>
    </table>
  );
}

interface FieldProps {
  readonly row: FieldRow;
  readonly isCompared: boolean;
  readonly step: StepView;
  readonly isBlocked?: boolean;
  readonly isHidden?: boolean;
}

const partWords = { state: '', identity: 'must be the same', context: 'only shown' };

function Field({ row, isCompared, step, isBlocked = false, isHidden = false }: FieldProps) {
  const isUndoable = isBlocked && step.inverse.length > 0;
  const wouldSet = isUndoable && row.part === 'state' && row.isChanged ? row.before : undefined;
  const sets = row.rollbackSets ?? wouldSet;
  const { name, isPlain } = fieldName(row.field);
  const hasAfter = step.after !== undefined;
  return (
    <tr
      className={isHidden ? 'folded' : undefined}
      data-differs={row.isMoved || undefined}
      tabIndex={row.isMoved ? -1 : undefined}
    >
      <th scope="row">
        <span className={isPlain ? undefined : 'mono'}>{name}</span>
        {partWords[row.part] && <span className="field-part">{partWords[row.part]}</span>}
      </th>
      <td data-label="Before">
        <Value value={row.before} field={row.field} />
      </td>
      <td data-label="After" data-tone={row.isChanged ? 'blue' : undefined}>
        {!hasAfter ? (
          <span className="meta">not yet</span>
        ) : row.isChanged ? (
          <Value value={row.after} field={row.field} />
        ) : (
          <Same />
        )}
      </td>
      {isCompared && (
        <td data-label="Now" data-tone={row.isUnread ? 'ochre' : row.isMoved ? 'brick' : undefined}>
          {row.isUnread ? 'unknown' : row.isMoved ? <Value value={row.now} field={row.field} /> : <Same />}
        </td>
      )}
      {isCompared && (
        <td data-label="Rollback sets" data-tone={sets === undefined ? undefined : 'teal'}>
          {sets === undefined ? (
            <span className="meta">{untouchedWords(row)}</span>
          ) : (
            <Value value={sets} field={row.field} />
          )}
        </td>
      )}
    </tr>
  );
}

const Same = () => <span className="meta">same</span>;

function untouchedWords(row: FieldRow): string {
  if (row.part === 'identity') return 'must be the same';
  if (row.isChanged && isSame(row.now, row.before)) return 'already so';
  return 'left as it is';
}
