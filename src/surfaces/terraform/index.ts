import type { Reading, SourceFile } from '../../model/artifact.ts';
import { Fault } from '../../model/fault.ts';
import type { Surface } from '../../model/surface.ts';
import type { Block, Configuration } from './configuration.ts';
import { hclBlocks } from './hcl-blocks.ts';
import { jsonBlocks } from './json-blocks.ts';
import { rules } from './registry.ts';

const isTerraform = (path: string): boolean => /\.(tf|tofu)(\.json)?$|(^|\/)\.terraform\.lock\.hcl$/.test(path);
const isLockFile = (path: string): boolean => path.endsWith('.terraform.lock.hcl');
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

type Version = 'before' | 'after';
type Parsed = readonly Block[] | Fault;

/** A folder is one module: what is gone from one file may stand in another, so all of them are read together. */
async function* readModules(files: readonly SourceFile[]): AsyncIterable<Reading<Configuration>> {
  for (const folder of Map.groupBy(files, ({ path }) => folderOf(path)).values()) {
    if (folder.every(({ before, after }) => before === after)) continue;
    const before = await parseAll(folder, 'before');
    const after = await parseAll(folder, 'after');
    for (const file of folder) if (file.before !== file.after) yield readingOf(file, before, after);
  }
}

async function parseAll(files: readonly SourceFile[], version: Version): Promise<ReadonlyMap<string, Parsed>> {
  const parsed = new Map<string, Parsed>();
  for (const file of files) {
    const text = file[version];
    if (text !== undefined) parsed.set(file.path, await parse(text, file.path));
  }
  return parsed;
}

async function parse(text: string, path: string): Promise<Parsed> {
  try {
    return await (path.endsWith('.json') ? jsonBlocks(text, path) : hclBlocks(text, path));
  } catch (error) {
    return Fault.from(error);
  }
}

function readingOf(
  { path }: SourceFile,
  before: ReadonlyMap<string, Parsed>,
  after: ReadonlyMap<string, Parsed>,
): Reading<Configuration> {
  const [was, is] = [before.get(path), after.get(path)];
  if (was instanceof Fault) return { path, unread: was };
  if (is instanceof Fault) return { path, unread: is };
  return {
    path,
    ...(was && { before: configurationOf(path, was, before) }),
    ...(is && { after: configurationOf(path, is, after) }),
  };
}

const configurationOf = (path: string, blocks: readonly Block[], all: ReadonlyMap<string, Parsed>): Configuration => ({
  blocks,
  module: [...all].flatMap(([other, parsed]) => (parsed instanceof Fault || isLockFile(other) ? [] : parsed)),
  isLockFile: isLockFile(path),
  at: { path, line: 1, column: 1 },
});

/** Configurations of Terraform and OpenTofu, in HCL and in JSON, and their lock files. */
export const terraform: Surface<Configuration> = {
  name: 'terraform',
  summary: 'Terraform and OpenTofu configuration',
  wayBack: 'Revert the commit, and read what a fresh plan of it would do before it is applied.',
  mainRisk:
    'State and world went on: what the old configuration destroys, renames or finds missing is not in the diff.',
  examplePath: 'main.tf',
  recognises: isTerraform,
  read: readModules,
  rules: Object.values(rules),
};
