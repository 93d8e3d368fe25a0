import type { Rule } from '../../model/surface.ts';
import { asText } from '../manifest.ts';
import { directionOf } from '../version-move.ts';
import { valueAt } from '../yaml-documents.ts';
import type { ChartFile } from './chart-file.ts';

export const versionMovedDown: Rule<ChartFile> = {
  id: 'helm/version-moved-down',
  problem:
    'The chart gets a version that is lower than the one before. Ranges do not pick it up, and its name may be taken by what was published earlier.',
  instead: 'Publish the older content under a higher version.',
  source: 'https://helm.sh/docs/topics/charts/#charts-and-versioning',
  examples: {
    matches: [
      { before: 'apiVersion: v2\nname: shop\nversion: 1.3.0\n', after: 'apiVersion: v2\nname: shop\nversion: 1.2.9\n' },
    ],
    passes: [
      { before: 'apiVersion: v2\nname: shop\nversion: 1.3.0\n', after: 'apiVersion: v2\nname: shop\nversion: 1.4.0\n' },
    ],
  },
  *find({ before, after }) {
    if (before?.role !== 'chart' || after?.role !== 'chart') return;
    const [then, now] = [before, after].map((file) => asText(valueAt(file.value, 'version')));
    if (then === undefined || now === undefined || directionOf(then, now) !== 'down') return;
    yield {
      class: 'fully-reversible',
      classAfterWrites: 'reversible-with-compatibility-window',
      message: `The chart goes down from ${then} to ${now}: who follows a range stays on the newer one, and ${now} may be published already with other content.`,
      instead: 'Publish the older content under a higher version.',
      closedBy: `${now} is published a second time`,
      at: after.at('version'),
    };
  },
};
