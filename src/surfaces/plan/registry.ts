// Written by `npm run index` from the files in this folder. Do not edit.

import { accessNarrowed } from './access-narrowed.ts';
import { accessWidened } from './access-widened.ts';
import { applyRefused } from './apply-refused.ts';
import { dataDestroyed } from './data-destroyed.ts';
import { driftUndone } from './drift-undone.ts';
import { forgotten } from './forgotten.ts';
import { historyDropped } from './history-dropped.ts';
import { identityLost } from './identity-lost.ts';
import { importUndoneByDestroy } from './import-undone-by-destroy.ts';
import { movedMissing } from './moved-missing.ts';
import { movedOneWay } from './moved-one-way.ts';
import { nameHeld } from './name-held.ts';
import { networkCut } from './network-cut.ts';
import { networkOpened } from './network-opened.ts';
import { newDataLost } from './new-data-lost.ts';
import { planIncomplete } from './plan-incomplete.ts';
import { protectionRemoved } from './protection-removed.ts';
import { stateOnlySecret } from './state-only-secret.ts';
import { unknownUntilApply } from './unknown-until-apply.ts';
import { unverifiedType } from './unverified-type.ts';
import { wayBackIncomplete } from './way-back-incomplete.ts';
import { wayBackRefused } from './way-back-refused.ts';
import { wayBackReplaces } from './way-back-replaces.ts';
import { wayBackUnknown } from './way-back-unknown.ts';

export const rules = {
  'plan/access-narrowed': accessNarrowed,
  'plan/access-widened': accessWidened,
  'plan/apply-refused': applyRefused,
  'plan/data-destroyed': dataDestroyed,
  'plan/drift-undone': driftUndone,
  'plan/forgotten': forgotten,
  'plan/history-dropped': historyDropped,
  'plan/identity-lost': identityLost,
  'plan/import-undone-by-destroy': importUndoneByDestroy,
  'plan/moved-missing': movedMissing,
  'plan/moved-one-way': movedOneWay,
  'plan/name-held': nameHeld,
  'plan/network-cut': networkCut,
  'plan/network-opened': networkOpened,
  'plan/new-data-lost': newDataLost,
  'plan/plan-incomplete': planIncomplete,
  'plan/protection-removed': protectionRemoved,
  'plan/state-only-secret': stateOnlySecret,
  'plan/unknown-until-apply': unknownUntilApply,
  'plan/unverified-type': unverifiedType,
  'plan/way-back-incomplete': wayBackIncomplete,
  'plan/way-back-refused': wayBackRefused,
  'plan/way-back-replaces': wayBackReplaces,
  'plan/way-back-unknown': wayBackUnknown,
};
