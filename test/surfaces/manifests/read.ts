import type { SourceFile } from '#src/model/artifact.ts';
import type { Fault } from '#src/model/fault.ts';
import type { Finding } from '#src/model/finding.ts';
import type { Surface } from '#src/model/surface.ts';
import { readManifests, type ManifestFile } from '#src/surfaces/manifests.ts';

/** Everything that is read of some files, by path. */
export async function readAll(files: readonly SourceFile[]) {
  const read = new Map<string, { before?: ManifestFile; after?: ManifestFile }>();
  const faults: Fault[] = [];
  for await (const reading of readManifests(files)) {
    if ('unread' in reading) faults.push(reading.unread);
    else read.set(reading.path, reading);
  }
  return { read, faults };
}

export const pairsIn = async (...files: readonly SourceFile[]) =>
  [...(await readAll(files)).read.values()].flatMap(({ before, after }) => (after ?? before)?.pairs ?? []);

/** What a surface has to say of some files. */
export async function findingsOf<Artifact>(surface: Surface<Artifact>, ...files: readonly SourceFile[]) {
  const findings: (Omit<Finding, 'rule' | 'known'> & { rule: string })[] = [];
  for await (const reading of surface.read(files)) {
    if ('unread' in reading) continue;
    for (const rule of surface.rules) for (const one of rule.find(reading)) findings.push({ ...one, rule: rule.id });
  }
  return findings;
}
