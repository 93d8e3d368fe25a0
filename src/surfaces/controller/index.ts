import type { Reading, SourceFile } from '../../model/artifact.ts';
import { Fault } from '../../model/fault.ts';
import type { Surface } from '../../model/surface.ts';
import { changedDocuments } from '../yaml-changed.ts';
import { loadYamlReader, type YamlReader } from '../yaml-stream.ts';
import { allMoves, placeKey, type ControllerFile, type ControllerUse } from './artifact.ts';
import { clusterOf } from './clusters.ts';
import { rules } from './registry.ts';
import { controllersInYaml } from './uses-in-yaml.ts';

/** Where a version of anything is written; whose it is, is asked of files that change. */
const signs = ['image:', 'chart', 'Chart', 'oci://', 'github'];

export const controller: Surface<ControllerFile> = {
  name: 'controller',
  summary: 'Controllers and operators: which version of what keeps a cluster as its objects say.',
  wayBack: 'Name the previous version again, after its definitions and stored objects fit it.',
  mainRisk: 'Definitions and stored objects that the previous version cannot read, on every cluster at once.',
  examplePath: 'clusters/production/release.yaml',
  recognises: (path, text) => /\.ya?ml$/i.test(path) && signs.some((sign) => text.includes(sign)),
  read: readControllers,
  rules: Object.values(rules),
};

interface Read {
  readonly file: SourceFile;
  readonly before: readonly ControllerUse[];
  readonly after: readonly ControllerUse[];
}

async function* readControllers(files: readonly SourceFile[]): AsyncIterable<Reading<ControllerFile>> {
  const reader = await loadYamlReader();
  const changed = withMoved(
    files
      .filter(({ before, after }) => before !== after)
      .map((file): Read => ({ file, before: usesIn(reader, file, 'before'), after: usesIn(reader, file, 'after') }))
      .filter(({ before, after }) => before.length + after.length > 0),
  );
  const moves = changed.flatMap(({ file, before, after }) =>
    allMoves({ before: { uses: before }, after: { uses: after } }).map((move) => ({ ...move, path: file.path })),
  );
  const clusters = new Map(
    [...Map.groupBy(moves, ({ after }) => after.controller.title)].map(([title, all]) => [
      title,
      [...new Set(all.flatMap(({ path, after }) => after.destination ?? clusterOf(path) ?? []))],
    ]),
  );
  const definitions = new Map(
    moves.map(({ after }) => [
      after.controller.title,
      files.filter((file) => definesKindsOf(after, file)).map(({ path }) => path),
    ]),
  );
  const present = new Set(changed.flatMap(({ after }) => after.map((use) => use.controller.title)));
  for (const { file, before, after } of changed) {
    const of = (uses: readonly ControllerUse[]): ControllerFile => ({
      path: file.path,
      uses,
      present,
      clusters,
      definitions,
    });
    yield {
      path: file.path,
      ...((file.before !== undefined || before.length > 0) && { before: of(before) }),
      ...(file.after !== undefined && { after: of(after) }),
    };
  }
}

/** What left one file for another is compared where it is now. */
function withMoved(read: readonly Read[]): readonly Read[] {
  const has = (uses: readonly ControllerUse[], use: ControllerUse): boolean =>
    uses.some((one) => placeKey(one) === placeKey(use));
  const gone = read.flatMap(({ before, after }) => before.filter((use) => !has(after, use)));
  const came = read.flatMap(({ before, after }) => after.filter((use) => !has(before, use)));
  return read.map(({ file, before, after }) => ({
    file,
    after,
    before: [
      ...before.filter((use) => has(after, use) || !has(came, use)),
      ...gone.filter((use) => !has(before, use) && has(after, use)),
    ],
  }));
}

/** What cannot be read is said by the surfaces whose files these are. */
function usesIn(reader: YamlReader, file: SourceFile, version: 'before' | 'after'): readonly ControllerUse[] {
  return changedDocuments(file)[version].flatMap((document) => {
    try {
      return controllersInYaml(reader, document, file.path);
    } catch (error) {
      if (error instanceof Fault) return [];
      throw error;
    }
  });
}

const definesKindsOf = ({ controller: { groups } }: ControllerUse, { before, after }: SourceFile): boolean =>
  before !== after &&
  after !== undefined &&
  after.includes('CustomResourceDefinition') &&
  groups.some((group) => new RegExp(`\\n\\s*group: ['"]?[\\w.-]*${group.replaceAll('.', '\\.')}`).test(after));
