import type { Reading, SourceFile } from '../model/artifact.ts';
import { Fault } from '../model/fault.ts';

/** Reads every file that changed, each on its own; what cannot be parsed is said, and the next one is read. */
export async function* readEach<Artifact>(
  files: readonly SourceFile[],
  parse: (text: string, path: string) => Artifact | Promise<Artifact>,
): AsyncIterable<Reading<Artifact>> {
  for (const { path, before, after } of files) {
    if (before === after) continue;
    try {
      yield {
        path,
        ...(before !== undefined && { before: await parse(before, path) }),
        ...(after !== undefined && { after: await parse(after, path) }),
      };
    } catch (error) {
      yield { path, unread: Fault.from(error) };
    }
  }
}
