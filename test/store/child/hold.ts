/** Opens the store of a folder, says `open`, or the fault, and stays until it is killed. */
import { Fault } from '#src/model/fault.ts';
import { openStore } from '#src/store/open.ts';
import { ambient } from '#src/systems/host.ts';

try {
  await openStore({ url: process.argv[2] ?? '', ambient, by: { pid: process.pid, command: 'hold', host: 'here' } });
  console.log('open');
} catch (error) {
  console.log(JSON.stringify(Fault.from(error).report));
}
setInterval(() => undefined, 1000);
