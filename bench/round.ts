/**
 * What every bench shares: contestants run in turn, one warm-up and then so many rounds, each round beginning with the
 * next one; a goal is a ratio within one round, judged by its median and by how far the rounds spread.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

export interface Measured {
  /** Seconds by the clock. */
  readonly wall: number;
  /** Seconds of all cores, of everything that was started too. */
  readonly cpu: number;
  /** MiB of the largest process; `undefined` where it cannot be read (it can on Linux). */
  readonly peak?: number | undefined;
}
export type Contestant = () => Promise<Measured>;

/** Work in this process. */
export async function timed(work: () => unknown): Promise<Measured> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1e6 };
}

interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Exit codes that are right. */
  readonly ends?: readonly number[];
}

/**
 * A command, measured from outside. A shell starts it: it reports the CPU of all descendants, and is so small that
 * their memory begins at nothing, and not at ours. Throws when it ends otherwise than it should.
 */
export async function command(
  [file, ...args]: readonly [string, ...string[]],
  { ends = [0], ...options }: CommandOptions = {},
): Promise<Measured & { readonly output: string }> {
  const start = performance.now();
  const shell = spawn('sh', ['-c', '"$@"; code=$?; times >&3; exit $code', 'sh', file, ...args], {
    ...options,
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  let peak: number | undefined;
  const watch = setInterval(() => {
    peak = Math.max(peak ?? 0, peakBelow(shell.pid ?? 0)) || undefined;
  }, 4);
  const [output, times, code] = await Promise.all([
    text(shell.stdout as Readable),
    text(shell.stdio[3] as Readable),
    new Promise((resolve, reject) => shell.on('exit', resolve).on('error', reject)),
  ]).finally(() => clearInterval(watch));
  const wall = (performance.now() - start) / 1000;
  if (!ends.includes(Number(code))) throw new Error(`${[file, ...args].join(' ')} ended with ${String(code)}`);
  const [, ofChildren = ''] = times.trim().split('\n');
  const cpu = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + Number(m) * 60 + Number(s),
    0,
  );
  return { wall, cpu, peak, output };
}

function peakBelow(pid: number): number {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    return Math.max(0, ...children.map(Number).flatMap((child) => [peakOf(child), peakBelow(child)]));
  } catch {
    return 0; // it has ended, or there is no /proc
  }
}
const peakOf = (pid: number): number =>
  Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** Measures of every contestant, one a round. */
export async function inRounds<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  rounds = 7,
): Promise<Readonly<Record<Name, readonly Measured[]>>> {
  const names = Object.keys(contestants) as Name[];
  const all = Object.fromEntries(names.map((name) => [name, [] as Measured[]])) as Record<Name, Measured[]>;
  for (let round = -1; round < rounds; round++)
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round + 1) % names.length] as Name;
      // oxlint-disable-next-line no-await-in-loop -- in turn is the point
      const measured = await contestants[name]();
      if (round >= 0) all[name].push(measured);
    }
  return all;
}

export const median = (of: readonly number[]): number => {
  const sorted = of.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
};

/** Round by round: how often `b` goes into `a`. */
export const ratios = (
  a: readonly Measured[],
  b: readonly Measured[],
  of: 'wall' | 'cpu' = 'wall',
): readonly number[] => a.map((measured, round) => measured[of] / (b[round]?.[of] ?? NaN));

const spread = (of: readonly number[], digits: number): string =>
  `${median(of).toFixed(digits)} (${Math.min(...of).toFixed(digits)}..${Math.max(...of).toFixed(digits)})`;

/** One row a contestant: medians, and least and most in brackets. */
export function print(measures: Readonly<Record<string, readonly Measured[]>>): void {
  const rows = Object.entries(measures).map(([name, all]) => {
    const peaks = all.flatMap(({ peak }) => peak ?? []);
    return [
      name,
      `${spread(
        all.map(({ wall }) => wall),
        3,
      )} s`,
      `CPU ${median(all.map(({ cpu }) => cpu)).toFixed(2)} s`,
      peaks.length === 0 ? '' : `peak ${Math.max(...peaks).toFixed(0)} MiB`,
    ];
  });
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) console.log(`  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('   ')}`.trimEnd());
}

/**
 * Says whether a goal is met by the median. It is missed, and the bench fails, only when no round meets it: what is
 * between is within the spread.
 */
export function goal(
  what: string,
  figures: readonly number[],
  bound: { readonly atMost: number } | { readonly atLeast: number },
): void {
  const [limit, words, meets] =
    'atMost' in bound
      ? [bound.atMost, 'at most', (figure: number) => figure <= bound.atMost]
      : [bound.atLeast, 'at least', (figure: number) => figure >= bound.atLeast];
  const verdict = meets(median(figures)) ? 'met' : figures.some(meets) ? 'within the spread' : 'MISSED';
  console.log(`${verdict.padEnd(17)} ${what}: ${spread(figures, 2)}, goal ${words} ${limit}`);
  if (verdict === 'MISSED') process.exitCode = 1;
}
