// Written by `npm run index` from the files in this folder. Do not edit.

import { clearTextCommitted } from './clear-text-committed.ts';
import { decrypted } from './decrypted.ts';
import { externalPolicyChanged } from './external-policy-changed.ts';
import { externalReferenceMoved } from './external-reference-moved.ts';
import { macNotRenewed } from './mac-not-renewed.ts';
import { privateKeyCommitted } from './private-key-committed.ts';
import { recipientsRemoved } from './recipients-removed.ts';
import { removed } from './removed.ts';
import { revertResurrects } from './revert-resurrects.ts';
import { rotated } from './rotated.ts';
import { storeChanged } from './store-changed.ts';

export const rules = {
  'secret/clear-text-committed': clearTextCommitted,
  'secret/decrypted': decrypted,
  'secret/external-policy-changed': externalPolicyChanged,
  'secret/external-reference-moved': externalReferenceMoved,
  'secret/mac-not-renewed': macNotRenewed,
  'secret/private-key-committed': privateKeyCommitted,
  'secret/recipients-removed': recipientsRemoved,
  'secret/removed': removed,
  'secret/revert-resurrects': revertResurrects,
  'secret/rotated': rotated,
  'secret/store-changed': storeChanged,
};
