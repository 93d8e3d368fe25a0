// Written by `npm run index` from the files in this folder. Do not edit.

import { changedDefault } from './changed-default.ts';
import { changedType } from './changed-type.ts';
import { constraintOldVersionViolates } from './constraint-old-version-violates.ts';
import { convertedCharset } from './converted-charset.ts';
import { deletedRows } from './deleted-rows.ts';
import { downDestroysData } from './down-destroys-data.ts';
import { downDiscardsNewData } from './down-discards-new-data.ts';
import { downDoesNotRestore } from './down-does-not-restore.ts';
import { downFails } from './down-fails.ts';
import { droppedColumn } from './dropped-column.ts';
import { droppedIndex } from './dropped-index.ts';
import { droppedPartition } from './dropped-partition.ts';
import { droppedTable } from './dropped-table.ts';
import { editedAfterRelease } from './edited-after-release.ts';
import { grantedAccess } from './granted-access.ts';
import { implicitCommit } from './implicit-commit.ts';
import { leavesResidue } from './leaves-residue.ts';
import { loosenedConstraint } from './loosened-constraint.ts';
import { narrowedType } from './narrowed-type.ts';
import { noDown } from './no-down.ts';
import { notUnderstood } from './not-understood.ts';
import { removedMigration } from './removed-migration.ts';
import { renamedWithoutCompatibility } from './renamed-without-compatibility.ts';
import { rewrittenValues } from './rewritten-values.ts';
import { truncatedTable } from './truncated-table.ts';
import { widenedType } from './widened-type.ts';

export const rules = {
  'mysql/changed-default': changedDefault,
  'mysql/changed-type': changedType,
  'mysql/constraint-old-version-violates': constraintOldVersionViolates,
  'mysql/converted-charset': convertedCharset,
  'mysql/deleted-rows': deletedRows,
  'mysql/down-destroys-data': downDestroysData,
  'mysql/down-discards-new-data': downDiscardsNewData,
  'mysql/down-does-not-restore': downDoesNotRestore,
  'mysql/down-fails': downFails,
  'mysql/dropped-column': droppedColumn,
  'mysql/dropped-index': droppedIndex,
  'mysql/dropped-partition': droppedPartition,
  'mysql/dropped-table': droppedTable,
  'mysql/edited-after-release': editedAfterRelease,
  'mysql/granted-access': grantedAccess,
  'mysql/implicit-commit': implicitCommit,
  'mysql/leaves-residue': leavesResidue,
  'mysql/loosened-constraint': loosenedConstraint,
  'mysql/narrowed-type': narrowedType,
  'mysql/no-down': noDown,
  'mysql/not-understood': notUnderstood,
  'mysql/removed-migration': removedMigration,
  'mysql/renamed-without-compatibility': renamedWithoutCompatibility,
  'mysql/rewritten-values': rewrittenValues,
  'mysql/truncated-table': truncatedTable,
  'mysql/widened-type': widenedType,
};
