// Written by `npm run index` from the files in this folder. Do not edit.

import { baseUnpinned } from './base-unpinned.ts';
import { digestDropped } from './digest-dropped.ts';
import { digestMoved } from './digest-moved.ts';
import { mutableTag } from './mutable-tag.ts';
import { noDigest } from './no-digest.ts';
import { pullPolicy } from './pull-policy.ts';
import { sourceChanged } from './source-changed.ts';
import { versionMoved } from './version-moved.ts';
import { wayBackUnpinned } from './way-back-unpinned.ts';

export const rules = {
  'image/base-unpinned': baseUnpinned,
  'image/digest-dropped': digestDropped,
  'image/digest-moved': digestMoved,
  'image/mutable-tag': mutableTag,
  'image/no-digest': noDigest,
  'image/pull-policy': pullPolicy,
  'image/source-changed': sourceChanged,
  'image/version-moved': versionMoved,
  'image/way-back-unpinned': wayBackUnpinned,
};
