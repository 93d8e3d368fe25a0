// Written by `npm run index` from the files in this folder. Do not edit.

import { blocksWrites } from './blocks-writes.ts';
import { cascadeDrop } from './cascade-drop.ts';
import { changedDefault } from './changed-default.ts';
import { constraintOldVersionViolates } from './constraint-old-version-violates.ts';
import { contractWithExpand } from './contract-with-expand.ts';
import { convertedType } from './converted-type.ts';
import { deletedRows } from './deleted-rows.ts';
import { detachedPartition } from './detached-partition.ts';
import { downDeletesNewerRows } from './down-deletes-newer-rows.ts';
import { downDestroysData } from './down-destroys-data.ts';
import { downDiscardsNewData } from './down-discards-new-data.ts';
import { downDoesNotRestore } from './down-does-not-restore.ts';
import { downFails } from './down-fails.ts';
import { droppedColumn } from './dropped-column.ts';
import { droppedIndex } from './dropped-index.ts';
import { droppedRoutine } from './dropped-routine.ts';
import { droppedTable } from './dropped-table.ts';
import { editedAfterRelease } from './edited-after-release.ts';
import { enumValueAdded } from './enum-value-added.ts';
import { enumValueRenamed } from './enum-value-renamed.ts';
import { extensionDropped } from './extension-dropped.ts';
import { grantedAccess } from './granted-access.ts';
import { identityDropped } from './identity-dropped.ts';
import { insertedRows } from './inserted-rows.ts';
import { leavesResidue } from './leaves-residue.ts';
import { loosenedConstraint } from './loosened-constraint.ts';
import { lossyTypeChange } from './lossy-type-change.ts';
import { madeIfNotExists } from './made-if-not-exists.ts';
import { noDown } from './no-down.ts';
import { noLockTimeout } from './no-lock-timeout.ts';
import { notTransactional } from './not-transactional.ts';
import { notUnderstood } from './not-understood.ts';
import { policyChanged } from './policy-changed.ts';
import { publicationChanged } from './publication-changed.ts';
import { removedMigration } from './removed-migration.ts';
import { renamedWithoutCompatibility } from './renamed-without-compatibility.ts';
import { replacedRoutine } from './replaced-routine.ts';
import { revokedAccess } from './revoked-access.ts';
import { rewrittenValues } from './rewritten-values.ts';
import { roleChanged } from './role-changed.ts';
import { rowSecurityChanged } from './row-security-changed.ts';
import { sequenceMoved } from './sequence-moved.ts';
import { triggerChanged } from './trigger-changed.ts';
import { truncatedTable } from './truncated-table.ts';
import { unknownTypeChange } from './unknown-type-change.ts';
import { unloggedTable } from './unlogged-table.ts';
import { widenedType } from './widened-type.ts';

export const rules = {
  'postgres/blocks-writes': blocksWrites,
  'postgres/cascade-drop': cascadeDrop,
  'postgres/changed-default': changedDefault,
  'postgres/constraint-old-version-violates': constraintOldVersionViolates,
  'postgres/contract-with-expand': contractWithExpand,
  'postgres/converted-type': convertedType,
  'postgres/deleted-rows': deletedRows,
  'postgres/detached-partition': detachedPartition,
  'postgres/down-deletes-newer-rows': downDeletesNewerRows,
  'postgres/down-destroys-data': downDestroysData,
  'postgres/down-discards-new-data': downDiscardsNewData,
  'postgres/down-does-not-restore': downDoesNotRestore,
  'postgres/down-fails': downFails,
  'postgres/dropped-column': droppedColumn,
  'postgres/dropped-index': droppedIndex,
  'postgres/dropped-routine': droppedRoutine,
  'postgres/dropped-table': droppedTable,
  'postgres/edited-after-release': editedAfterRelease,
  'postgres/enum-value-added': enumValueAdded,
  'postgres/enum-value-renamed': enumValueRenamed,
  'postgres/extension-dropped': extensionDropped,
  'postgres/granted-access': grantedAccess,
  'postgres/identity-dropped': identityDropped,
  'postgres/inserted-rows': insertedRows,
  'postgres/leaves-residue': leavesResidue,
  'postgres/loosened-constraint': loosenedConstraint,
  'postgres/lossy-type-change': lossyTypeChange,
  'postgres/made-if-not-exists': madeIfNotExists,
  'postgres/no-down': noDown,
  'postgres/no-lock-timeout': noLockTimeout,
  'postgres/not-transactional': notTransactional,
  'postgres/not-understood': notUnderstood,
  'postgres/policy-changed': policyChanged,
  'postgres/publication-changed': publicationChanged,
  'postgres/removed-migration': removedMigration,
  'postgres/renamed-without-compatibility': renamedWithoutCompatibility,
  'postgres/replaced-routine': replacedRoutine,
  'postgres/revoked-access': revokedAccess,
  'postgres/rewritten-values': rewrittenValues,
  'postgres/role-changed': roleChanged,
  'postgres/row-security-changed': rowSecurityChanged,
  'postgres/sequence-moved': sequenceMoved,
  'postgres/trigger-changed': triggerChanged,
  'postgres/truncated-table': truncatedTable,
  'postgres/unknown-type-change': unknownTypeChange,
  'postgres/unlogged-table': unloggedTable,
  'postgres/widened-type': widenedType,
};
