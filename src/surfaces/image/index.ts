import type { Reading, SourceFile } from '../../model/artifact.ts';
import { Fault } from '../../model/fault.ts';
import type { Surface } from '../../model/surface.ts';
import { changedDocuments } from '../yaml-changed.ts';
import { loadYamlReader, type YamlDocument, type YamlReader } from '../yaml-stream.ts';
import type { ImageFile, ImageUse } from './artifact.ts';
import { usesInDockerfile } from './in-dockerfile.ts';
import { usesInYaml } from './in-yaml.ts';
import { rules } from './registry.ts';

/** By its name, or because it begins as only a build does. */
const dockerfile = /(?:^|\/)(?:[\w.-]*\.)?(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$/i;
const build = /^(?:\s|#[^\n]*\n|ARG [^\n]*\n)*FROM[ \t]+\S/;
const isBuild = (path: string, text: string): boolean => dockerfile.test(path) || build.test(text);
const yaml = /\.ya?ml$/i;

export const image: Surface<ImageFile> = {
  name: 'image',
  summary: 'Container images: which program runs, by the reference under which it is pulled or built.',
  wayBack: 'Name the previous image again.',
  mainRisk:
    'The old image is gone or its tag means another one, and the old program meets data that the new one wrote.',
  examplePath: 'manifest.yaml',
  recognises: (path, text) =>
    isBuild(path, text) || (yaml.test(path) && (text.includes('image') || text.includes('Image'))),
  read: readImages,
  rules: Object.values(rules),
};

/** What is not YAML, or a template of it, is said by the surfaces whose files these are. */
async function* readImages(files: readonly SourceFile[]): AsyncIterable<Reading<ImageFile>> {
  const reader = await loadYamlReader();
  for (const file of files) {
    const { path, before, after } = file;
    if (before === after) continue;
    const usesIn = (version: 'before' | 'after'): readonly ImageUse[] =>
      isBuild(path, after ?? before ?? '')
        ? usesInDockerfile(file[version] ?? '', path)
        : changedDocuments(file)[version].flatMap((document) => readable(reader, document, path));
    const [was, is] = [usesIn('before'), usesIn('after')];
    if (was.length + is.length === 0) continue;
    yield {
      path,
      ...(before !== undefined && { before: { uses: was } }),
      ...(after !== undefined && { after: { uses: is } }),
    };
  }
}

function readable(reader: YamlReader, document: YamlDocument, path: string): readonly ImageUse[] {
  try {
    return usesInYaml(reader, document, path);
  } catch (error) {
    if (error instanceof Fault) return [];
    throw error;
  }
}
