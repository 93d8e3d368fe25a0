/** Appends notes to new changes and says what is confirmed, until it is killed; with `read` says how many facts each change has. */
import { writeSync } from 'node:fs';

import { openStore } from '#src/store/open.ts';
import { ambient } from '#src/systems/host.ts';

import { aChange, noted, told } from '../a-change.ts';

const [, , url = '', mode] = process.argv;
const store = await openStore({ url, ambient });
if (mode === 'read') {
  const page = JSON.parse(await store.list({ limit: 500 })) as { changes: { id: string; facts: number }[] };
  writeSync(1, `${JSON.stringify(Object.fromEntries(page.changes.map(({ id, facts }) => [id, facts])))}\n`);
} else
  for (;;) {
    const { id } = await aChange(store);
    writeSync(1, `${id} 1\n`);
    for (let seq = 2; seq < 12; seq++) {
      await told(store, id, [noted(`note ${seq}`)]);
      writeSync(1, `${id} ${seq}\n`);
    }
  }
