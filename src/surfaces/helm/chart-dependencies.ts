import { asList, asText, fieldAt } from '../manifest.ts';
import { isExactVersion } from '../version-move.ts';
import { valueAt } from '../yaml-documents.ts';
import type { ChartFile } from './chart-file.ts';

interface Dependency {
  /** Its alias, or its name. */
  readonly key: string;
  readonly version: string;
  readonly repository: string;
  readonly steps: readonly (string | number)[];
}

export const dependenciesOf = (chart: ChartFile): readonly Dependency[] =>
  asList(valueAt(chart.value, 'dependencies')).map((one, index) => ({
    key: asText(fieldAt(one, ['alias']) ?? fieldAt(one, ['name'])) ?? '?',
    version: asText(fieldAt(one, ['version'])) ?? '',
    repository: asText(fieldAt(one, ['repository'])) ?? '',
    steps: ['dependencies', index, 'version'],
  }));

/** A chart that lies beside this one moves with the commit, whatever version is asked for. */
export const isFixedDependency = ({ version, repository }: Dependency): boolean =>
  isExactVersion(version) || repository.startsWith('file://');
