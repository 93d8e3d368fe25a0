import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asList, asText, fieldAt } from '../manifest.ts';
import { type ManifestFile, pairsOf } from '../manifests.ts';
import { docs, isArgoObject } from './argo-object.ts';
import { project } from './example.ts';

export const syncWindowBlocks: Rule<ManifestFile> = {
  id: 'argocd/sync-window-blocks',
  problem: 'A sync window without `manualSync` stops people too: while it is closed, no recovery can be synced.',
  instead: 'Set `manualSync: true`, so that a person may sync a revert at any time.',
  source: docs.windows,
  examples: {
    matches: [project('syncWindows: [{kind: deny, schedule: "0 22 * * *", duration: 8h, applications: ["*"]}]')],
    passes: [
      project(
        'syncWindows: [{kind: deny, schedule: "0 22 * * *", duration: 8h, applications: ["*"], manualSync: true}]',
      ),
    ],
  },
  *find(change) {
    for (const { before, after } of pairsOf(change)) {
      if (!after || !isArgoObject(after) || after.kind !== 'AppProject') continue;
      const old = asList(before?.field('spec', 'syncWindows'));
      for (const [index, window] of asList(after.field('spec', 'syncWindows')).entries()) {
        if (fieldAt(window, ['manualSync']) === true || old.some((one) => isSame(one, window))) continue;
        const kind = asText(fieldAt(window, ['kind'])) ?? 'allow';
        yield {
          class: 'fully-reversible',
          message: `AppProject ${after.name}: ${kind === 'deny' ? 'while this window is open' : 'outside this window'} nobody can sync, not even a revert in an emergency.`,
          instead: 'Set `manualSync: true` on the window.',
          probe: 'argocd proj windows list <project>',
          at: after.at('spec', 'syncWindows', index),
        };
      }
    }
  },
};
