// Written by `npm run index` from the files in this folder. Do not edit.

import { bundleDisabled } from './bundle-disabled.ts';
import { exceptionInComment } from './exception-in-comment.ts';
import { exceptionWithoutExpiry } from './exception-without-expiry.ts';
import { loosened } from './loosened.ts';
import { noTest } from './no-test.ts';
import { ruleChanged } from './rule-changed.ts';
import { tightened } from './tightened.ts';

export const rules = {
  'policy/bundle-disabled': bundleDisabled,
  'policy/exception-in-comment': exceptionInComment,
  'policy/exception-without-expiry': exceptionWithoutExpiry,
  'policy/loosened': loosened,
  'policy/no-test': noTest,
  'policy/rule-changed': ruleChanged,
  'policy/tightened': tightened,
};
