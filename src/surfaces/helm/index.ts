import type { SourceFile } from '../../model/artifact.ts';
import { Fault } from '../../model/fault.ts';
import type { Surface } from '../../model/surface.ts';
import { type ChartFile, chartFile, chartIn, type ChartOfFile, roleOf, rootOf } from './chart-file.ts';
import { rules } from './registry.ts';

export const helm: Surface<ChartFile> = {
  name: 'helm',
  summary: 'Helm charts, the values given to them, and helmfiles.',
  wayBack: 'Revert chart and values in Git; `helm rollback` only to contain, with Git brought in line at once.',
  mainRisk:
    'Hooks and CRDs are not rolled back, renamed objects lose their data, and the recorded state of a release differs from the cluster.',
  examplePath: 'charts/shop/templates/shop.yaml',
  recognises: (path, text) => roleOf(path, text) !== undefined,
  async *read(files) {
    const charts = new Map<string, Promise<ChartOfFile>>();
    for (const file of files) {
      if (file.before === file.after) continue;
      try {
        const chart = await chartOf(file, files, charts);
        const [before, after] = await Promise.all([
          versionOf(file.path, file.before, chart),
          versionOf(file.path, file.after, chart),
        ]);
        if (before ?? after) yield { path: file.path, ...(before && { before }), ...(after && { after }) };
      } catch (error) {
        yield { path: file.path, unread: Fault.from(error) };
      }
    }
  },
  rules: Object.values(rules),
};

function chartOf(
  { path }: SourceFile,
  files: readonly SourceFile[],
  charts: Map<string, Promise<ChartOfFile>>,
): Promise<ChartOfFile> | ChartOfFile {
  const root = rootOf(path);
  if (root === undefined) return { root, isVersionMoved: false };
  const known = charts.get(root) ?? chartIn(root, files);
  charts.set(root, known);
  return known;
}

async function versionOf(path: string, text: string | undefined, chart: ChartOfFile): Promise<ChartFile | undefined> {
  const role = text === undefined ? undefined : roleOf(path, text);
  return text === undefined || role === undefined ? undefined : chartFile(path, text, role, chart);
}
