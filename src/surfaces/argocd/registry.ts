// Written by `npm run index` from the files in this folder. Do not edit.

import { applicationRemoved } from './application-removed.ts';
import { autoSyncTurnedOff } from './auto-sync-turned-off.ts';
import { autoSyncTurnedOn } from './auto-sync-turned-on.ts';
import { destinationChanged } from './destination-changed.ts';
import { differenceIgnored } from './difference-ignored.ts';
import { finalizerChanged } from './finalizer-changed.ts';
import { generatorNarrowed } from './generator-narrowed.ts';
import { historyShortened } from './history-shortened.ts';
import { hookRunsAgain } from './hook-runs-again.ts';
import { namesInValues } from './names-in-values.ts';
import { preserveTurnedOff } from './preserve-turned-off.ts';
import { projectNarrowed } from './project-narrowed.ts';
import { protectionRemoved } from './protection-removed.ts';
import { pruneTurnedOn } from './prune-turned-on.ts';
import { reconcileSkipped } from './reconcile-skipped.ts';
import { replacesOnSync } from './replaces-on-sync.ts';
import { revisionNotFixed } from './revision-not-fixed.ts';
import { sourceChanged } from './source-changed.ts';
import { storageInValues } from './storage-in-values.ts';
import { syncWindowBlocks } from './sync-window-blocks.ts';
import { versionMoved } from './version-moved.ts';

export const rules = {
  'argocd/application-removed': applicationRemoved,
  'argocd/auto-sync-turned-off': autoSyncTurnedOff,
  'argocd/auto-sync-turned-on': autoSyncTurnedOn,
  'argocd/destination-changed': destinationChanged,
  'argocd/difference-ignored': differenceIgnored,
  'argocd/finalizer-changed': finalizerChanged,
  'argocd/generator-narrowed': generatorNarrowed,
  'argocd/history-shortened': historyShortened,
  'argocd/hook-runs-again': hookRunsAgain,
  'argocd/names-in-values': namesInValues,
  'argocd/preserve-turned-off': preserveTurnedOff,
  'argocd/project-narrowed': projectNarrowed,
  'argocd/protection-removed': protectionRemoved,
  'argocd/prune-turned-on': pruneTurnedOn,
  'argocd/reconcile-skipped': reconcileSkipped,
  'argocd/replaces-on-sync': replacesOnSync,
  'argocd/revision-not-fixed': revisionNotFixed,
  'argocd/source-changed': sourceChanged,
  'argocd/storage-in-values': storageInValues,
  'argocd/sync-window-blocks': syncWindowBlocks,
  'argocd/version-moved': versionMoved,
};
