/**
 * Reads the arguments of every process on this machine, round after round, as fast as that goes without taking a core
 * for itself. Whatever it saw is printed when its standard input ends, one list of arguments a line.
 *
 * A process that is young is read in every round, because it may become another program (exec); an old one may still
 * write over its arguments, and is read now and then.
 */
import { readdirSync, readFileSync } from 'node:fs';

const youngFor = 100; // ms
const nowAndThen = 200; // rounds
const seen = new Set<string>();
let firstSeen = new Map<string, number>();
let round = 0;

function look(): void {
  const now = performance.now();
  round += 1;
  const running = readdirSync('/proc').filter((name) => /^\d/.test(name));
  firstSeen = new Map(running.map((id) => [id, firstSeen.get(id) ?? now]));
  for (const [id, since] of firstSeen) {
    if (now - since > youngFor && round % nowAndThen !== 0) continue;
    try {
      seen.add(readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' '));
    } catch (error) {
      if (!['ENOENT', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code))) throw error; // it has ended
    }
  }
}

look();
process.stdout.write('looking\n');
const timer = setInterval(look, 1);
process.stdout.on('error', () => process.exit()); // nobody wants to know any more
process.stdin.resume().once('end', () => {
  clearInterval(timer);
  process.stdout.write([...seen].join('\n'));
});
