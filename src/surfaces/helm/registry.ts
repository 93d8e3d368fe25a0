// Written by `npm run index` from the files in this folder. Do not edit.

import { chartRenamed } from './chart-renamed.ts';
import { claimTemplateChanged } from './claim-template-changed.ts';
import { crdInTemplates } from './crd-in-templates.ts';
import { crdNotUpgraded } from './crd-not-upgraded.ts';
import { dependencyMoved } from './dependency-moved.ts';
import { dependencyNotFixed } from './dependency-not-fixed.ts';
import { generatedSecret } from './generated-secret.ts';
import { historyShortened } from './history-shortened.ts';
import { hookLeftOver } from './hook-left-over.ts';
import { hookNotUndone } from './hook-not-undone.ts';
import { keepPolicyRemoved } from './keep-policy-removed.ts';
import { lockRemoved } from './lock-removed.ts';
import { lookupInTemplate } from './lookup-in-template.ts';
import { namesInValues } from './names-in-values.ts';
import { oldSchemaRefuses } from './old-schema-refuses.ts';
import { releaseRemoved } from './release-removed.ts';
import { selectorChanged } from './selector-changed.ts';
import { storageInValues } from './storage-in-values.ts';
import { valuesRemoved } from './values-removed.ts';
import { versionMovedDown } from './version-moved-down.ts';
import { versionNotBumped } from './version-not-bumped.ts';

export const rules = {
  'helm/chart-renamed': chartRenamed,
  'helm/claim-template-changed': claimTemplateChanged,
  'helm/crd-in-templates': crdInTemplates,
  'helm/crd-not-upgraded': crdNotUpgraded,
  'helm/dependency-moved': dependencyMoved,
  'helm/dependency-not-fixed': dependencyNotFixed,
  'helm/generated-secret': generatedSecret,
  'helm/history-shortened': historyShortened,
  'helm/hook-left-over': hookLeftOver,
  'helm/hook-not-undone': hookNotUndone,
  'helm/keep-policy-removed': keepPolicyRemoved,
  'helm/lock-removed': lockRemoved,
  'helm/lookup-in-template': lookupInTemplate,
  'helm/names-in-values': namesInValues,
  'helm/old-schema-refuses': oldSchemaRefuses,
  'helm/release-removed': releaseRemoved,
  'helm/selector-changed': selectorChanged,
  'helm/storage-in-values': storageInValues,
  'helm/values-removed': valuesRemoved,
  'helm/version-moved-down': versionMovedDown,
  'helm/version-not-bumped': versionNotBumped,
};
