/** Works on a store: claims each change, says `at <id>`, and stays at it until it is told to stop, or killed. */
import { once } from 'node:events';

import { openStore } from '#src/store/open.ts';
import { ambient } from '#src/systems/host.ts';

const store = await openStore({ url: process.argv[2] ?? '', ambient });
await store.work(
  async (change, signal) => {
    await store.claim(change);
    console.log(`at ${change}`);
    await once(signal, 'abort');
  },
  { concurrency: 2 },
);
console.log('working');
