import { Fault } from '../../model/fault.ts';
import type { Surface } from '../../model/surface.ts';
import { type ArtifactFile, artifactFile, formOf } from './artifact-file.ts';
import { rules } from './registry.ts';

export const artifact: Surface<ArtifactFile> = {
  name: 'artifact',
  summary: 'What is built and kept: lock files, release workflows, registry retention, branch protection.',
  wayBack: 'Go back to the artifact that was kept, not to a new build of the old commit.',
  mainRisk: 'Retention has deleted it, its tag has moved, or its signature is no longer accepted.',
  examplePath: 'artifact.yaml',
  recognises: (path, text) => formOf(path, text) !== undefined,
  async *read(files) {
    for (const { path, before, after } of files) {
      if (before === after) continue;
      try {
        const [then, now] = await Promise.all([before, after].map((text) => versionOf(path, text)));
        if (then ?? now) yield { path, ...(then && { before: then }), ...(now && { after: now }) };
      } catch (error) {
        yield { path, unread: Fault.from(error) };
      }
    }
  },
  rules: Object.values(rules),
};

async function versionOf(path: string, text: string | undefined): Promise<ArtifactFile | undefined> {
  const form = text === undefined ? undefined : formOf(path, text);
  return text === undefined || form === undefined ? undefined : artifactFile(path, text, form);
}
