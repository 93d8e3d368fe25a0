// Written by `npm run index` from the files in this folder. Do not edit.

import { addressMoves } from './address-moves.ts';
import { backupWeakened } from './backup-weakened.ts';
import { claimSize } from './claim-size.ts';
import { configNotRolled } from './config-not-rolled.ts';
import { deletedWithData } from './deleted-with-data.ts';
import { evictionBlocked } from './eviction-blocked.ts';
import { historyRemoved } from './history-removed.ts';
import { immutableByDefinition } from './immutable-by-definition.ts';
import { immutableField } from './immutable-field.ts';
import { ingressMoves } from './ingress-moves.ts';
import { networkPolicyChanged } from './network-policy-changed.ts';
import { notRendered } from './not-rendered.ts';
import { objectDeleted } from './object-deleted.ts';
import { podsOrphaned } from './pods-orphaned.ts';
import { protectionRemoved } from './protection-removed.ts';
import { rbacNarrowed } from './rbac-narrowed.ts';
import { rbacWidened } from './rbac-widened.ts';
import { reclaimDeletes } from './reclaim-deletes.ts';
import { referenceLost } from './reference-lost.ts';
import { referenceMissing } from './reference-missing.ts';
import { removedApi } from './removed-api.ts';
import { renamed } from './renamed.ts';
import { replicasOwnedTwice } from './replicas-owned-twice.ts';
import { scaledDown } from './scaled-down.ts';
import { serverOwned } from './server-owned.ts';
import { unknownApi } from './unknown-api.ts';
import { volumeMoves } from './volume-moves.ts';
import { webhookFailsClosed } from './webhook-fails-closed.ts';

export const rules = {
  'kubernetes/address-moves': addressMoves,
  'kubernetes/backup-weakened': backupWeakened,
  'kubernetes/claim-size': claimSize,
  'kubernetes/config-not-rolled': configNotRolled,
  'kubernetes/deleted-with-data': deletedWithData,
  'kubernetes/eviction-blocked': evictionBlocked,
  'kubernetes/history-removed': historyRemoved,
  'kubernetes/immutable-by-definition': immutableByDefinition,
  'kubernetes/immutable-field': immutableField,
  'kubernetes/ingress-moves': ingressMoves,
  'kubernetes/network-policy-changed': networkPolicyChanged,
  'kubernetes/not-rendered': notRendered,
  'kubernetes/object-deleted': objectDeleted,
  'kubernetes/pods-orphaned': podsOrphaned,
  'kubernetes/protection-removed': protectionRemoved,
  'kubernetes/rbac-narrowed': rbacNarrowed,
  'kubernetes/rbac-widened': rbacWidened,
  'kubernetes/reclaim-deletes': reclaimDeletes,
  'kubernetes/reference-lost': referenceLost,
  'kubernetes/reference-missing': referenceMissing,
  'kubernetes/removed-api': removedApi,
  'kubernetes/renamed': renamed,
  'kubernetes/replicas-owned-twice': replicasOwnedTwice,
  'kubernetes/scaled-down': scaledDown,
  'kubernetes/server-owned': serverOwned,
  'kubernetes/unknown-api': unknownApi,
  'kubernetes/volume-moves': volumeMoves,
  'kubernetes/webhook-fails-closed': webhookFailsClosed,
};
