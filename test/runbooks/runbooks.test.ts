import { afterAll } from 'vitest';

import { startNeeds } from './needs.ts';
import { pageIsTrue } from './run-page.ts';

const { needs, stop } = await startNeeds();
afterAll(stop);

for (const path of ['README.md', 'docs/runbooks/rollback-failure.md']) await pageIsTrue(path, needs);
