import type { SourceFile } from '#src/model/artifact.ts';
import type { Finding } from '#src/model/finding.ts';
import type { Instant } from '#src/model/ids.ts';
/** Assesses the inputs that it is told to, one after the other; what goes wrong is reported, and it goes on. */
import { assess } from '#src/pipeline/assess.ts';
import { surfaces } from '#src/surfaces/registry.ts';

import { mutant, seedsOf } from './mutant.ts';

const [seed = 0, from = 0, to = 0] = process.argv.slice(2).map(Number);
const seeds = seedsOf(surfaces);
const now = '2027-01-01T00:00:00.000Z' as Instant;
const tell = (message: object): void => void process.send?.(message);

for (let index = from; index < to; index++) {
  const file = mutant(seeds, seed, index);
  if (index % 50 === 0) tell({ at: index });
  const start = process.cpuUsage();
  try {
    const { artifacts } = await assess(surfaces, [file], now);
    for (const finding of artifacts.flatMap((one) => one.findings)) {
      const wrong = whatIsWrong(file, finding);
      if (wrong) tell({ index, path: file.path, wrong });
    }
  } catch (error) {
    tell({ index, path: file.path, wrong: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
  const { user, system } = process.cpuUsage(start);
  const took = (user + system) / 1000;
  if (took > 2000) tell({ index, path: file.path, wrong: `it took ${Math.round(took)} ms of CPU` });
}
tell({ at: to });
process.disconnect();

/** A finding without words or outside its file, or a refusal that is our own bug. */
function whatIsWrong(
  { before, after }: SourceFile,
  { rule, message, at, class: decides }: Finding,
): string | undefined {
  if (message.trim() === '') return `${rule} has no words`;
  if (rule.endsWith('/unread') && /\b(undefined|is not a function|Cannot read|Maximum call|RangeError)\b/.test(message))
    return `${rule}: ${message}`;
  if (!at) return decides === undefined ? undefined : `${rule} decides a class and names no place`;
  const lines = Math.max(...[before, after].map((text) => (text ?? '').split(/\r\n|\r|\n/).length));
  return at.line >= 1 && at.line <= lines && at.column >= 1
    ? undefined
    : `${rule} is at ${at.line}:${at.column} of ${lines} lines`;
}
