import type { Rule } from '../../model/surface.ts';
import { asText } from '../manifest.ts';
import { valueAt } from '../yaml-documents.ts';
import type { ChartFile } from './chart-file.ts';

export const chartRenamed: Rule<ChartFile> = {
  id: 'helm/chart-renamed',
  problem:
    'The chart gets another name. Most charts put it into the names and selectors of all they make: everything is deleted and made anew, and Flux uninstalls the release first.',
  instead: 'Keep the name, or set `nameOverride` to the old one.',
  source: 'https://fluxcd.io/flux/components/helm/helmreleases/#chart-template',
  examples: {
    matches: [
      {
        before: 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
        after: 'apiVersion: v2\nname: store\nversion: 1.0.0\n',
      },
    ],
    passes: [
      { before: 'apiVersion: v2\nname: shop\nversion: 1.0.0\n', after: 'apiVersion: v2\nname: shop\nversion: 1.0.1\n' },
    ],
  },
  *find({ before, after }) {
    if (before?.role !== 'chart' || after?.role !== 'chart') return;
    const [then, now] = [before, after].map((file) => asText(valueAt(file.value, 'name')));
    if (then === undefined || now === undefined || then === now) return;
    yield {
      class: 'reversible-with-manual-repair',
      message: `Chart ${then} becomes ${now}: names and selectors that contain it change, the old objects are deleted, and new volume claims start empty.`,
      instead: `Set \`nameOverride: ${then}\` where it is installed, or keep the name.`,
      closedBy: 'the first release under the new name',
      at: after.at('name'),
    };
  },
};
