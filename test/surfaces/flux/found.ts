import type { SourceFile } from '#src/model/artifact.ts';
import { Fault } from '#src/model/fault.ts';
import type { RuleFinding, Surface } from '#src/model/surface.ts';

export interface Found extends RuleFinding {
  readonly rule: string;
}

/** What all rules of a surface say about files, and what it could not read. */
export async function foundIn<Artifact>(
  surface: Surface<Artifact>,
  files: readonly SourceFile[],
): Promise<{ readonly findings: readonly Found[]; readonly unread: readonly Fault[] }> {
  const recognised = files.filter(({ path, before, after }) =>
    [before, after].some((text) => text !== undefined && surface.recognises(path, text)),
  );
  const findings: Found[] = [];
  const unread: Fault[] = [];
  for await (const reading of surface.read(recognised)) {
    if ('unread' in reading) unread.push(reading.unread);
    else
      for (const rule of surface.rules)
        findings.push(...[...rule.find(reading)].map((one) => ({ rule: rule.id, ...one })));
  }
  return { findings, unread };
}

/** The rules that speak, each once, in order. */
export async function rulesIn<Artifact>(
  surface: Surface<Artifact>,
  ...files: readonly SourceFile[]
): Promise<readonly string[]> {
  const { findings, unread } = await foundIn(surface, files);
  if (unread[0]) throw unread[0];
  return [...new Set(findings.map(({ rule }) => rule))].toSorted();
}
