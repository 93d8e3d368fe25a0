// Written by `npm run index` from the files in this folder. Do not edit.

import { downgrade } from './downgrade.ts';
import { everyClusterAtOnce } from './every-cluster-at-once.ts';
import { majorJump } from './major-jump.ts';
import { removed } from './removed.ts';
import { versionChanged } from './version-changed.ts';

export const rules = {
  'controller/downgrade': downgrade,
  'controller/every-cluster-at-once': everyClusterAtOnce,
  'controller/major-jump': majorJump,
  'controller/removed': removed,
  'controller/version-changed': versionChanged,
};
