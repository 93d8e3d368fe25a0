import type { SourceFile } from '../../model/artifact.ts';
import type { Surface } from '../../model/surface.ts';
import { readableManifests } from '../manifests.ts';
import { type FluxFile, isFluxObject } from './flux-object.ts';
import { rules } from './registry.ts';

const holdsFlux = (text: string): boolean => text.includes('fluxcd.io/') || text.includes('$imagepolicy');

export const flux: Surface<FluxFile> = {
  name: 'flux',
  summary: 'Flux Kustomizations, HelmReleases, their sources, and image automation.',
  wayBack: 'Revert the commit and let Flux reconcile; suspend only the object concerned when it must stop at once.',
  mainRisk:
    'Flux prunes, uninstalls or rewrites by itself: what it deletes comes back empty, and what it keeps it writes over a revert.',
  examplePath: 'clusters/production/apps.yaml',
  recognises: (path, text) => /\.(ya?ml|json)$/i.test(path) && holdsFlux(text),
  async *read(files) {
    const byPath = new Map(files.map((file) => [file.path, file]));
    for await (const reading of readableManifests(files)) {
      if ('unread' in reading) continue;
      const source = byPath.get(reading.path);
      const { before, after } = reading;
      const pairs = (after ?? before)?.pairs ?? [];
      const isOurs = pairs.some((pair) => [pair.before, pair.after].some((one) => one && isFluxObject(one)));
      if (!source || (!isOurs && !isMarked(source))) continue;
      yield {
        path: reading.path,
        ...(before && { before: { ...before, text: source.before ?? '' } }),
        ...(after && { after: { ...after, text: source.after ?? '' } }),
      };
    }
  },
  rules: Object.values(rules),
};

const isMarked = ({ before, after }: SourceFile): boolean =>
  [before, after].some((text) => text?.includes('$imagepolicy'));
