// Written by `npm run index` from the files in this folder. Do not edit.

import { accessWidened } from './access-widened.ts';
import { backendChanged } from './backend-changed.ts';
import { changesIgnored } from './changes-ignored.ts';
import { dataStoreUnguarded } from './data-store-unguarded.ts';
import { giantState } from './giant-state.ts';
import { importDeclared } from './import-declared.ts';
import { lockFileRemoved } from './lock-file-removed.ts';
import { moduleMajorChanged } from './module-major-changed.ts';
import { moduleUnpinned } from './module-unpinned.ts';
import { movedOneWay } from './moved-one-way.ts';
import { oneWayArgument } from './one-way-argument.ts';
import { protectionLifted } from './protection-lifted.ts';
import { providerMajorChanged } from './provider-major-changed.ts';
import { providersUnpinned } from './providers-unpinned.ts';
import { removedDestroys } from './removed-destroys.ts';
import { repetitionChanged } from './repetition-changed.ts';
import { resourceRemoved } from './resource-removed.ts';
import { retentionLowered } from './retention-lowered.ts';

export const rules = {
  'terraform/access-widened': accessWidened,
  'terraform/backend-changed': backendChanged,
  'terraform/changes-ignored': changesIgnored,
  'terraform/data-store-unguarded': dataStoreUnguarded,
  'terraform/giant-state': giantState,
  'terraform/import-declared': importDeclared,
  'terraform/lock-file-removed': lockFileRemoved,
  'terraform/module-major-changed': moduleMajorChanged,
  'terraform/module-unpinned': moduleUnpinned,
  'terraform/moved-one-way': movedOneWay,
  'terraform/one-way-argument': oneWayArgument,
  'terraform/protection-lifted': protectionLifted,
  'terraform/provider-major-changed': providerMajorChanged,
  'terraform/providers-unpinned': providersUnpinned,
  'terraform/removed-destroys': removedDestroys,
  'terraform/repetition-changed': repetitionChanged,
  'terraform/resource-removed': resourceRemoved,
  'terraform/retention-lowered': retentionLowered,
};
