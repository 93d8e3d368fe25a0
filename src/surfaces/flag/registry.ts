// Written by `npm run index` from the files in this folder. Do not edit.

import { bypassesPolicy } from './bypasses-policy.ts';
import { bypassesSchema } from './bypasses-schema.ts';
import { dead } from './dead.ts';
import { defaultFlipped } from './default-flipped.ts';
import { flagRemoved } from './flag-removed.ts';
import { hidesInfrastructure } from './hides-infrastructure.ts';
import { switched } from './switched.ts';
import { targetingChanged } from './targeting-changed.ts';
import { variantChanged } from './variant-changed.ts';

export const rules = {
  'flag/bypasses-policy': bypassesPolicy,
  'flag/bypasses-schema': bypassesSchema,
  'flag/dead': dead,
  'flag/default-flipped': defaultFlipped,
  'flag/flag-removed': flagRemoved,
  'flag/hides-infrastructure': hidesInfrastructure,
  'flag/switched': switched,
  'flag/targeting-changed': targetingChanged,
  'flag/variant-changed': variantChanged,
};
