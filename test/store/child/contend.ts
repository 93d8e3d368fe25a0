/**
 * Takes the lock of a folder again and again until its standard input ends, and shouts when another one is inside at
 * the same time. A `victim` is killed some time, and may leave its mark behind.
 */
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Fault } from '#src/model/fault.ts';
import { lockFolder } from '#src/store/lock-folder.ts';

const [, , folder = '', role = ''] = process.argv;
const inside = join(folder, 'inside');
const own = join(folder, `mark-${process.pid}`);
writeFileSync(own, role);
process.stdin.resume();

let held = 0;
while (!process.stdin.readableEnded) {
  try {
    const lock = lockFolder(folder, { pid: process.pid, command: 'contend', host: 'here' });
    try {
      linkSync(own, inside);
    } catch {
      if (readFileSync(inside, 'utf8') !== 'victim') console.log('two');
      rmSync(inside);
      linkSync(own, inside);
    }
    await sleep(2);
    rmSync(inside);
    lock.release();
    held++;
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'in-use') throw error;
  }
  await sleep(1);
}
console.log(`held ${held}`);
