/**
 * Files in, an assessment out: every surface reads what it recognises, and every rule is asked about both versions of
 * it. What cannot be read is a finding at its position, and the rest is read all the same.
 */
import { withAllowances } from '../decide/allowances.ts';
import { assessedArtifact, assessmentOf } from '../decide/assessed.ts';
import type { Reading, SourceFile } from '../model/artifact.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Fault } from '../model/fault.ts';
import type { Finding } from '../model/finding.ts';
import type { Instant } from '../model/ids.ts';
import type { Surface, SurfaceRegistry } from '../model/surface.ts';

type Readings = Parameters<typeof assessedArtifact>[1];

/** @param now the day on which an allowance may have ended */
export async function assess(
  surfaces: SurfaceRegistry,
  files: readonly SourceFile[],
  now: Instant,
): Promise<Assessment> {
  const byPath = new Map<string, Readings[number][]>();
  const recognised = new Set<SourceFile>();
  for (const surface of Object.values(surfaces) as readonly Surface<unknown>[]) {
    const its = files.filter((file) => isRecognised(surface, file));
    if (its.length === 0) continue;
    for (const file of its) recognised.add(file);
    for await (const reading of surface.read(its)) {
      const of = byPath.get(reading.path) ?? [];
      of.push({ surface: surface.name, reading, findings: findingsOf(surface, reading) });
      byPath.set(reading.path, of);
    }
  }
  const byName = new Map(files.map((file) => [file.path, file]));
  const artifacts = [...byPath].map(([path, readings]) => {
    const file = byName.get(path);
    return assessedArtifact(
      path,
      readings.map((one) => (file ? { ...one, findings: withAllowances(file, one.findings, now) } : one)),
    );
  });
  const notRead = files.filter((file) => file.before !== file.after && !recognised.has(file)).map(({ path }) => path);
  return assessmentOf(artifacts, notRead);
}

/** A file that is too long to be one string is recognised by its name. */
const isRecognised = (surface: Surface<unknown>, { path, before, after }: SourceFile): boolean =>
  surface.recognises(path, after ?? before ?? '') ||
  (before !== undefined && before !== after && surface.recognises(path, before));

function findingsOf(surface: Surface<unknown>, reading: Reading<unknown>): readonly Finding[] {
  if ('unread' in reading) return [unreadFinding(surface.name, reading.path, reading.unread)];
  return surface.rules.flatMap((rule) =>
    [...rule.find(reading)].map((finding): Finding => ({ rule: rule.id, known: 'rule', ...finding })),
  );
}

/** Unknown is an answer, and never the reassuring one. */
const unreadFinding = (surface: string, path: string, fault: Fault): Finding => ({
  rule: `${surface}/unread`,
  class: 'reversible-with-manual-repair',
  message: `${fault.message} What it changes, and how that could be undone, is not known.`,
  instead: fault.advice,
  at: positionOf(path, fault.at),
  known: 'rule',
});

/** `path:line:column` in a fault. */
function positionOf(path: string, at: string | undefined): NonNullable<Finding['at']> {
  const [, line, column] = /:(\d+):(\d+)$/.exec(at ?? '') ?? [];
  return { path, line: Number(line ?? 1), column: Number(column ?? 1) };
}
