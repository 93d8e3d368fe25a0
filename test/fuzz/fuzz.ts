/**
 * `npm run fuzz -- [--count N] [--seed S] [--log FILE] [--jobs 2]`: mutated inputs over all surfaces and rules. Nothing
 * may crash, hang, name a place outside its file, or be refused without a fault. With a log it goes on where it was.
 */
import { fork } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    log: { type: 'string' },
  },
});
const [count, seed, jobs] = [Number(values.count), Number(values.seed), Number(values.jobs)];
/** Inputs that one process reads before it makes way for a fresh one. */
const batch = 5000;
/** Milliseconds in which fifty inputs have to be read. */
const patience = 30_000;

interface Told {
  readonly at?: number;
  readonly index?: number;
  readonly path?: string;
  readonly wrong?: string;
}
interface Logged {
  readonly seed: number;
  readonly done?: readonly [number, number];
  readonly wrong?: Told;
}

const earlier: readonly Logged[] =
  values.log && existsSync(values.log)
    ? readFileSync(values.log, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Logged)
        .filter((one) => one.seed === seed)
    : [];
const done = new Set(earlier.flatMap((one) => (one.done ? [one.done[0]] : [])));
const wrongs: Told[] = earlier.flatMap((one) => (one.wrong ? [one.wrong] : []));
const write = (line: Omit<Logged, 'seed'>): void => {
  if (values.log) appendFileSync(values.log, `${JSON.stringify({ seed, ...line })}\n`);
};

const starts = Array.from({ length: Math.ceil(count / batch) }, (_, i) => i * batch).filter(
  (start) => !done.has(start),
);
const start = Date.now();
let read = count - starts.reduce((sum, from) => sum + Math.min(batch, count - from), 0);
await Promise.all(
  Array.from({ length: jobs }, async () => {
    for (let from = starts.shift(); from !== undefined; from = starts.shift()) {
      const to = Math.min(from + batch, count);
      for (let next = from; next < to;) next = await readFrom(next, to);
      write({ done: [from, to] });
      read += to - from;
      console.log(`${read} of ${count} inputs in ${Math.round((Date.now() - start) / 1000)} s, ${wrongs.length} wrong`);
    }
  }),
);
for (const { index, path, wrong } of wrongs.slice(0, 20)) console.log(`input ${index} (${path}): ${wrong}`);
console.log(`${count} inputs of seed ${seed}: ${wrongs.length} wrong`);
process.exitCode = wrongs.length === 0 ? 0 : 1;

/** Answers the input after the last one that was read. */
function readFrom(from: number, to: number): Promise<number> {
  const child = fork(join(import.meta.dirname, 'child.ts'), [seed, from, to].map(String), {
    execArgv: ['--max-old-space-size=512'],
  });
  const { promise, resolve } = Promise.withResolvers<number>();
  let at = from;
  const report = (wrong: Told): void => {
    wrongs.push(wrong);
    write({ wrong });
  };
  let watch = setTimeout(() => child.kill('SIGKILL'), patience);
  child.on('message', (told: Told) => {
    if (told.wrong !== undefined) return report(told);
    at = told.at ?? at;
    clearTimeout(watch);
    watch = setTimeout(() => child.kill('SIGKILL'), patience);
  });
  child.on('exit', (code, signal) => {
    clearTimeout(watch);
    if (at >= to && code === 0) return resolve(to);
    report({ index: at, wrong: `the process ended (${signal ?? code}) within fifty inputs of this one` });
    resolve(at + 50);
  });
  return promise;
}
