/**
 * The artifacts that a change file names: `git: base..head`, paths of files as they will be, or both versions of one.
 * Paths mean the change file's own folder.
 */
import { resolve } from 'node:path';

import { z } from 'zod';

import type { ProposedArtifact, SourceFile } from '../model/artifact.ts';
import { Fault } from '../model/fault.ts';
import type { Json } from '../model/json.ts';
import type { Given } from './given.ts';

const Named = z.union([
  z.string().min(1),
  z
    .object({ path: z.string().min(1), before: z.exactOptional(z.string()), after: z.exactOptional(z.string()) })
    .strict(),
]);
const InFile = z.union([z.object({ git: z.string() }).strict(), z.array(Named)]);

/** Faults: `not-found`, `invalid-input`. */
export async function changeArtifacts(given: Given, folder: string, value: Json): Promise<readonly ProposedArtifact[]> {
  const wanted = InFile.safeParse(value);
  if (!wanted.success)
    throw new Fault('invalid-input', 'artifacts: it names no files.', {
      at: 'artifacts',
      advice: 'Write `artifacts: { git: main..HEAD }`, or a list of paths, or of { path, before, after }.',
    });
  if (!Array.isArray(wanted.data)) {
    const { files } = await given.sources.git(wanted.data.git, given.interrupted);
    return files.filter(({ before, after }) => before !== after).map(carried);
  }
  const read = async (path: string): Promise<string> => given.read(resolve(folder, path));
  return Promise.all(
    wanted.data.map(async (one): Promise<ProposedArtifact> => {
      if (typeof one === 'string') return { path: one, after: await read(one) };
      const { path, before, after } = one;
      return {
        path,
        ...(before !== undefined && { before: await read(before) }),
        ...(after !== undefined && { after: await read(after) }),
        ...(before === undefined && after === undefined && { after: await read(path) }),
      };
    }),
  );
}

const carried = ({ path, before, after }: SourceFile): ProposedArtifact => ({
  path,
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
});
