import { asText, type Manifest } from '../manifest.ts';
import { isFixed } from '../version-move.ts';
import type { Step } from '../yaml-position.ts';

interface Place {
  readonly steps: readonly Step[];
  /** Whether what stands there may mean something else tomorrow. */
  readonly moves: 'never' | 'always' | 'by-version';
}

const ofRef = (...moves: readonly (readonly [string, Place['moves']])[]): readonly Place[] =>
  moves.map(([name, how]) => ({ steps: ['spec', 'ref', name], moves: how }));

/** In the order in which Flux prefers them. */
const places: Readonly<Record<string, readonly Place[]>> = {
  HelmRelease: [
    { steps: ['spec', 'chart', 'spec', 'version'], moves: 'by-version' },
    { steps: ['spec', 'chart', 'version'], moves: 'by-version' },
  ],
  HelmChart: [{ steps: ['spec', 'version'], moves: 'by-version' }],
  OCIRepository: ofRef(['digest', 'never'], ['semver', 'by-version'], ['tag', 'by-version']),
  GitRepository: ofRef(
    ['commit', 'never'],
    ['name', 'always'],
    ['semver', 'by-version'],
    ['tag', 'by-version'],
    ['branch', 'always'],
  ),
};

export const packageKinds = Object.keys(places);

/** Which version of a package, or of a repository, an object asks for. */
interface PackageVersion extends Place {
  /** `Chart plex`, `OCIRepository cilium` */
  readonly what: string;
  readonly text: string;
}

/** What an object asks for; undefined where another object says it, or where a chart lies in a folder of a repository. */
export function packageVersionOf(manifest: Manifest): PackageVersion | undefined {
  for (const { steps, moves } of places[manifest.kind] ?? []) {
    const text = asText(manifest.field(...steps));
    if (text !== undefined) return { what: whatOf(manifest), text, steps, moves };
  }
  const what = whatOf(manifest);
  if (manifest.kind === 'OCIRepository') return { what, text: 'latest', steps: ['spec'], moves: 'always' };
  if (manifest.kind === 'GitRepository') return { what, text: 'the default branch', steps: ['spec'], moves: 'always' };
  if (chartNameOf(manifest) !== undefined && sourceKindOf(manifest) === 'HelmRepository')
    return { what, text: 'the newest version', steps: ['spec'], moves: 'always' };
  return undefined;
}

const whatOf = (manifest: Manifest): string => {
  const chart = chartNameOf(manifest);
  return chart === undefined ? `${manifest.kind} ${manifest.name}` : `Chart ${chart}`;
};

export const chartNameOf = (manifest: Manifest): string | undefined =>
  manifest.kind === 'HelmRelease'
    ? asText(manifest.field('spec', 'chart', 'spec', 'chart') ?? manifest.field('spec', 'chart', 'name'))
    : undefined;

const sourceKindOf = (manifest: Manifest): string | undefined =>
  asText(manifest.field('spec', 'chart', 'spec', 'sourceRef', 'kind'));

/** Whether it may mean something else tomorrow without a commit. */
export const isMoving = ({ moves, text }: PackageVersion): boolean =>
  moves === 'always' || (moves === 'by-version' && !isFixed(text));
