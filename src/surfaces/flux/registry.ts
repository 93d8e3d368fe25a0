// Written by `npm run index` from the files in this folder. Do not edit.

import { apiVersionMoved } from './api-version-moved.ts';
import { crdsReplaced } from './crds-replaced.ts';
import { driftCorrected } from './drift-corrected.ts';
import { forceTurnedOn } from './force-turned-on.ts';
import { healthNotAwaited } from './health-not-awaited.ts';
import { historyShortened } from './history-shortened.ts';
import { imageAutomationUndoes } from './image-automation-undoes.ts';
import { imagePolicyChanged } from './image-policy-changed.ts';
import { kustomizationRemoved } from './kustomization-removed.ts';
import { namesInValues } from './names-in-values.ts';
import { objectsMove } from './objects-move.ts';
import { pruneTurnedOff } from './prune-turned-off.ts';
import { pruneTurnedOn } from './prune-turned-on.ts';
import { releaseRemoved } from './release-removed.ts';
import { releaseRenamed } from './release-renamed.ts';
import { remediationRemoved } from './remediation-removed.ts';
import { signatureNotVerified } from './signature-not-verified.ts';
import { sourceMoved } from './source-moved.ts';
import { storageInValues } from './storage-in-values.ts';
import { substitutionRemoved } from './substitution-removed.ts';
import { suspendDeclared } from './suspend-declared.ts';
import { suspended } from './suspended.ts';
import { uninstallsOnFailure } from './uninstalls-on-failure.ts';
import { versionMoved } from './version-moved.ts';
import { versionNotFixed } from './version-not-fixed.ts';
import { waitsFor } from './waits-for.ts';

export const rules = {
  'flux/api-version-moved': apiVersionMoved,
  'flux/crds-replaced': crdsReplaced,
  'flux/drift-corrected': driftCorrected,
  'flux/force-turned-on': forceTurnedOn,
  'flux/health-not-awaited': healthNotAwaited,
  'flux/history-shortened': historyShortened,
  'flux/image-automation-undoes': imageAutomationUndoes,
  'flux/image-policy-changed': imagePolicyChanged,
  'flux/kustomization-removed': kustomizationRemoved,
  'flux/names-in-values': namesInValues,
  'flux/objects-move': objectsMove,
  'flux/prune-turned-off': pruneTurnedOff,
  'flux/prune-turned-on': pruneTurnedOn,
  'flux/release-removed': releaseRemoved,
  'flux/release-renamed': releaseRenamed,
  'flux/remediation-removed': remediationRemoved,
  'flux/signature-not-verified': signatureNotVerified,
  'flux/source-moved': sourceMoved,
  'flux/storage-in-values': storageInValues,
  'flux/substitution-removed': substitutionRemoved,
  'flux/suspend-declared': suspendDeclared,
  'flux/suspended': suspended,
  'flux/uninstalls-on-failure': uninstallsOnFailure,
  'flux/version-moved': versionMoved,
  'flux/version-not-fixed': versionNotFixed,
  'flux/waits-for': waitsFor,
};
