// Written by `npm run index` from the files in this folder. Do not edit.

import { chartMoved } from './chart-moved.ts';
import { hashSuffixDisabled } from './hash-suffix-disabled.ts';
import { namesChanged } from './names-changed.ts';
import { objectDeletedByPatch } from './object-deleted-by-patch.ts';
import { remoteBaseMoved } from './remote-base-moved.ts';
import { remoteBaseNotFixed } from './remote-base-not-fixed.ts';
import { resourceRemoved } from './resource-removed.ts';
import { selectorsChanged } from './selectors-changed.ts';

export const rules = {
  'kustomize/chart-moved': chartMoved,
  'kustomize/hash-suffix-disabled': hashSuffixDisabled,
  'kustomize/names-changed': namesChanged,
  'kustomize/object-deleted-by-patch': objectDeletedByPatch,
  'kustomize/remote-base-moved': remoteBaseMoved,
  'kustomize/remote-base-not-fixed': remoteBaseNotFixed,
  'kustomize/resource-removed': resourceRemoved,
  'kustomize/selectors-changed': selectorsChanged,
};
