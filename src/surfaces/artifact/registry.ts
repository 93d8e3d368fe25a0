// Written by `npm run index` from the files in this folder. Do not edit.

import { actionNotPinned } from './action-not-pinned.ts';
import { forcePushAllowed } from './force-push-allowed.ts';
import { lockRemoved } from './lock-removed.ts';
import { packagesDeleted } from './packages-deleted.ts';
import { republished } from './republished.ts';
import { retentionShortened } from './retention-shortened.ts';
import { signatureDropped } from './signature-dropped.ts';

export const rules = {
  'artifact/action-not-pinned': actionNotPinned,
  'artifact/force-push-allowed': forcePushAllowed,
  'artifact/lock-removed': lockRemoved,
  'artifact/packages-deleted': packagesDeleted,
  'artifact/republished': republished,
  'artifact/retention-shortened': retentionShortened,
  'artifact/signature-dropped': signatureDropped,
};
