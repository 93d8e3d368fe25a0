import type { SourceFile } from '../../model/artifact.ts';
import { Fault } from '../../model/fault.ts';
import type { Json } from '../../model/json.ts';
import { isObject } from '../../model/same.ts';
import type { Position } from '../manifest.ts';
import { type Steps, valueAt, yamlDocuments } from '../yaml-documents.ts';

export type Role = 'chart' | 'lock' | 'schema' | 'values' | 'template' | 'crd' | 'helmfile';

/** One file of a chart, or of what is given to one. */
export interface ChartFile {
  readonly path: string;
  readonly role: Role;
  readonly text: string;
  /** What it holds, where it is data and not a template. */
  readonly value: Json | undefined;
  readonly chart: ChartOfFile;
  at(...steps: Steps): Position;
}

/** The chart that a file lies in, as far as the change shows it. */
export interface ChartOfFile {
  /** Its folder; undefined where the file stands for itself. */
  readonly root: string | undefined;
  /** Whether `Chart.yaml` is in the change with another version. */
  readonly isVersionMoved: boolean;
}

const names: Readonly<Record<string, Role>> = {
  'Chart.yaml': 'chart',
  'requirements.yaml': 'chart',
  'Chart.lock': 'lock',
  'requirements.lock': 'lock',
  'values.schema.json': 'schema',
};

/** `helm template` writes above each document which file it comes from. */
const sourceLine = /^(?:---\s*\n)?# Source: (\S+)/;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What a file is by its path; by its text where the path leaves it open. */
export function roleOf(path: string, text: string): Role | undefined {
  // What git-crypt has encrypted is named like what it was.
  if (text.startsWith('\0GITCRYPT')) return undefined;
  const written = sourceLine.exec(text)?.[1] ?? path;
  const name = nameOf(written);
  if (names[name]) return names[name];
  if (/^helmfile(\.d)?\b.*\.ya?ml(\.gotmpl)?$/.test(name)) return 'helmfile';
  if (/(^|\/)crds\/[^/]+\.ya?ml$/.test(written))
    return /kind:\s*CustomResourceDefinition/.test(text) ? 'crd' : undefined;
  if (/(^|\/)templates\/.*\.(ya?ml|tpl|txt)$/.test(written)) return roleInTemplates(text);
  return /^values[^/]*\.ya?ml$|[-.]values\.ya?ml$/.test(name) && !/^kind:/m.test(text) ? 'values' : undefined;
}

/** The rules' examples all lie here: they are told apart by what they hold. */
function roleInTemplates(text: string): Role {
  if (text.includes('{{') || /^kind:/m.test(text)) return 'template';
  if (/^apiVersion:\s*["']?v[12]\b/m.test(text) && /^name:/m.test(text)) return 'chart';
  if (/^digest:/m.test(text) && /^dependencies:/m.test(text)) return 'lock';
  if (/^\s*\{/.test(text)) return 'schema';
  return /^(releases|helmDefaults):/m.test(text) ? 'helmfile' : 'values';
}

/** The folder of the chart; a chart's own values are told from those given to it by what lies beside them. */
export function rootOf(path: string): string | undefined {
  const [, inside] = /^(.*?)(?:^|\/)(?:templates|crds)\/[^/]*.*$/.exec(path) ?? [];
  if (inside !== undefined) return inside;
  return names[nameOf(path)] || /^values\.ya?ml$/.test(nameOf(path))
    ? path.slice(0, Math.max(0, path.lastIndexOf('/')))
    : undefined;
}

const data: ReadonlySet<Role> = new Set(['chart', 'lock', 'schema', 'values', 'helmfile']);

/** @throws Fault invalid-input at the position */
export async function chartFile(path: string, text: string, role: Role, chart: ChartOfFile): Promise<ChartFile> {
  const isData = data.has(role) && !text.includes('{{');
  const [document] = isData ? await yamlDocuments(text, path) : [];
  return {
    path,
    role,
    text,
    value: document?.value,
    chart,
    at: (...steps) => document?.at(...steps) ?? { path, line: 1, column: 1 },
  };
}

/** What the change says about the chart in a folder. */
export async function chartIn(root: string, files: readonly SourceFile[]): Promise<ChartOfFile> {
  const inside = files.filter((file) => rootOf(file.path) === root);
  const own = inside.find(({ path }) => nameOf(path) === 'Chart.yaml');
  const versions = own ? await Promise.all([own.before, own.after].map((text) => versionIn(text, own.path))) : [];
  const isChart = own !== undefined || inside.some(({ path }) => /(^|\/)templates\//.test(path.slice(root.length)));
  return { root: isChart ? root : undefined, isVersionMoved: versions[0] !== versions[1] };
}

async function versionIn(text: string | undefined, path: string): Promise<Json | undefined> {
  try {
    const [document] = await yamlDocuments(text ?? '', path);
    return isObject(document?.value) ? valueAt(document.value, 'version') : undefined;
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}
