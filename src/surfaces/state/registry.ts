// Written by `npm run index` from the files in this folder. Do not edit.

import { goesBack } from './goes-back.ts';
import { inVersionControl } from './in-version-control.ts';
import { lineageChanged } from './lineage-changed.ts';
import { objectsVanished } from './objects-vanished.ts';
import { schemaUpgraded } from './schema-upgraded.ts';
import { secretsInClear } from './secrets-in-clear.ts';

export const rules = {
  'state/goes-back': goesBack,
  'state/in-version-control': inVersionControl,
  'state/lineage-changed': lineageChanged,
  'state/objects-vanished': objectsVanished,
  'state/schema-upgraded': schemaUpgraded,
  'state/secrets-in-clear': secretsInClear,
};
