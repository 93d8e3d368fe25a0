import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asText } from '../manifest.ts';
import { valueAt } from '../yaml-documents.ts';
import type { ChartFile } from './chart-file.ts';

export const versionNotBumped: Rule<ChartFile> = {
  id: 'helm/version-not-bumped',
  problem:
    'The chart changes and keeps its version. Two packages under one version cannot be told apart, and going back to that version may bring either.',
  instead: 'Raise the version in `Chart.yaml` with each change of the chart.',
  source: 'https://helm.sh/docs/topics/charts/#charts-and-versioning',
  examples: {
    matches: [
      {
        before: 'apiVersion: v2\nname: shop\nversion: 1.0.0\nappVersion: 3.1.0\n',
        after: 'apiVersion: v2\nname: shop\nversion: 1.0.0\nappVersion: 3.2.0\n',
      },
    ],
    passes: [
      {
        before: 'apiVersion: v2\nname: shop\nversion: 1.0.0\nappVersion: 3.1.0\n',
        after: 'apiVersion: v2\nname: shop\nversion: 1.0.1\nappVersion: 3.2.0\n',
      },
    ],
  },
  *find({ before, after }) {
    if (before?.role !== 'chart' || after?.role !== 'chart' || isSame(before.value, after.value)) return;
    const [then, now] = [before, after].map((file) => asText(valueAt(file.value, 'version')));
    if (then === undefined || then !== now) return;
    yield {
      message: `The chart changes and stays ${now}: once both are published, that version means two things, and going back to it may bring either.`,
      instead: 'Raise the version before the chart is published.',
      at: after.at('version'),
    };
  },
};
