// Written by `npm run index` from the files in this folder. Do not edit.

import { conversionChanges } from './conversion-changes.ts';
import { definitionAdded } from './definition-added.ts';
import { forwardPrunesFields } from './forward-prunes-fields.ts';
import { forwardTightens } from './forward-tightens.ts';
import { rollbackNarrowsValues } from './rollback-narrows-values.ts';
import { rollbackPrunesFields } from './rollback-prunes-fields.ts';
import { rollbackTightens } from './rollback-tightens.ts';
import { storageMoves } from './storage-moves.ts';
import { storedVersionMissing } from './stored-version-missing.ts';
import { versionWithdrawn } from './version-withdrawn.ts';

export const rules = {
  'crd/conversion-changes': conversionChanges,
  'crd/definition-added': definitionAdded,
  'crd/forward-prunes-fields': forwardPrunesFields,
  'crd/forward-tightens': forwardTightens,
  'crd/rollback-narrows-values': rollbackNarrowsValues,
  'crd/rollback-prunes-fields': rollbackPrunesFields,
  'crd/rollback-tightens': rollbackTightens,
  'crd/storage-moves': storageMoves,
  'crd/stored-version-missing': storedVersionMissing,
  'crd/version-withdrawn': versionWithdrawn,
};
