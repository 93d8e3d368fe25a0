import type { Rule } from '../../model/surface.ts';
import { asNumber } from '../manifest.ts';
import { valueAt } from '../yaml-documents.ts';
import type { ChartFile } from './chart-file.ts';

export const historyShortened: Rule<ChartFile> = {
  id: 'helm/history-shortened',
  problem:
    'Helm keeps fewer revisions of a release. Those beyond the limit are deleted, and with them the way back to them.',
  instead: 'Keep the ten revisions that Helm keeps by default.',
  source: 'https://helm.sh/docs/helm/helm_upgrade/',
  examples: {
    matches: [
      'helmDefaults: {historyMax: 1}\nreleases: []\n',
      { before: 'helmDefaults: {historyMax: 0}\n', after: 'helmDefaults: {historyMax: 3}\n' },
    ],
    passes: ['helmDefaults: {historyMax: 10}\n'],
  },
  *find({ before, after }) {
    if (after?.role !== 'helmfile') return;
    const [then, now] = [before, after].map((file) =>
      limitOf(asNumber(valueAt(file?.value, 'helmDefaults', 'historyMax'))),
    );
    if (now === undefined || then === undefined || (before ? now >= then : now > 1)) return;
    yield {
      class: before ? 'reversible-with-manual-repair' : 'fully-reversible',
      message: `Helm keeps ${String(now)} revision${now === 1 ? '' : 's'} of each release: older ones are deleted, and no rollback reaches them.`,
      instead: 'Keep ten.',
      probe: 'helm history <release>',
      closedBy: 'the next upgrade',
      at: after.at('helmDefaults', 'historyMax'),
    };
  },
};

/** Ten unless it is said; zero is no limit. */
const limitOf = (limit: number | undefined): number => (limit === 0 ? Number.POSITIVE_INFINITY : (limit ?? 10));
