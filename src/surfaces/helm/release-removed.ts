import type { Rule } from '../../model/surface.ts';
import { asList, asText, fieldAt } from '../manifest.ts';
import { valueAt } from '../yaml-documents.ts';
import type { ChartFile } from './chart-file.ts';

export const releaseRemoved: Rule<ChartFile> = {
  id: 'helm/release-removed',
  problem:
    'A release of a helmfile gets another name or namespace, or is taken away or uninstalled: its objects go, and what comes instead starts without data.',
  instead: 'Add the new release, move the data, and remove the old one in a later change.',
  source: 'https://helmfile.readthedocs.io/en/latest/#configuration',
  examples: {
    matches: [
      {
        before: 'releases: [{name: web, namespace: a, chart: x/web}]\n',
        after: 'releases: [{name: web, namespace: b, chart: x/web}]\n',
      },
      {
        before: 'releases: [{name: web, chart: x/web}]\n',
        after: 'releases: [{name: web, chart: x/web, installed: false}]\n',
      },
    ],
    passes: [
      {
        before: 'releases: [{name: web, chart: x/web}]\n',
        after: 'releases: [{name: web, chart: x/web, version: 1.0.0}]\n',
      },
    ],
  },
  *find({ before, after }) {
    if (before?.role !== 'helmfile' || (after && after.role !== 'helmfile')) return;
    const kept = new Set(installed(after));
    const gone = installed(before).filter((one) => !kept.has(one));
    if (gone.length === 0) return;
    yield {
      class: 'reversible-with-manual-repair',
      message: `${gone.join(', ')}: no longer installed under this name. What is uninstalled comes back without the volume claims that the chart made.`,
      instead: 'Move the data before the old release goes.',
      probe: 'helm list -A',
      closedBy: '`helmfile apply` uninstalls it',
      at: after ? after.at('releases') : before.at('releases'),
    };
  },
};

const installed = (file: ChartFile | undefined): readonly string[] =>
  asList(valueAt(file?.value, 'releases'))
    .filter((one) => fieldAt(one, ['installed']) !== false)
    .map((one) =>
      [asText(fieldAt(one, ['namespace'])), asText(fieldAt(one, ['name'])) ?? '?'].filter(Boolean).join('/'),
    );
