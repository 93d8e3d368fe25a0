/** Opens a store and its queue when it is told to on standard input, says `open`, or the fault, and ends. */
import { once } from 'node:events';

import { Fault } from '#src/model/fault.ts';
import { openStore } from '#src/store/open.ts';
import { ambient } from '#src/systems/host.ts';

console.log('ready');
await once(process.stdin, 'data');
try {
  const store = await openStore({ url: process.argv[2] ?? '', ambient });
  const worker = await store.work(async () => undefined, { concurrency: 1 });
  console.log('open');
  await worker.stop();
  await store.close();
} catch (error) {
  console.log(JSON.stringify(Fault.from(error).report));
}
process.exit(0);
