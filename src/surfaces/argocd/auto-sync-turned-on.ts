import type { Rule } from '../../model/surface.ts';
import type { ManifestFile } from '../manifests.ts';
import { appsOf, capital, docs, isAutomated, isAutomatedWith } from './argo-object.ts';
import { application } from './example.ts';

export const autoSyncTurnedOn: Rule<ManifestFile> = {
  id: 'argocd/auto-sync-turned-on',
  problem:
    'Argo CD applies Git by itself. `argocd app rollback` is refused while it does, and with `selfHeal` a fix by hand is overwritten within seconds.',
  instead:
    'Go back by a revert in Git. Switch automation off (`enabled: false`) only for the one Application, and only in an emergency.',
  source: docs.autoSync,
  examples: {
    matches: [
      { before: application('project: a'), after: application('project: a, syncPolicy: {automated: {}}') },
      {
        before: application('syncPolicy: {automated: {}}'),
        after: application('syncPolicy: {automated: {selfHeal: true}}'),
      },
    ],
    passes: [application('syncPolicy: {automated: {enabled: false, selfHeal: true}}')],
  },
  *find(change) {
    for (const { title, before, after } of appsOf(change)) {
      const isNewlyOn = isAutomated(after) && !isAutomated(before);
      const isNewlyHealed = isAutomatedWith(after, 'selfHeal') && !isAutomatedWith(before, 'selfHeal');
      if (!isNewlyOn && !isNewlyHealed) continue;
      const { name, namespace } = after.manifest;
      yield {
        message: isNewlyHealed
          ? `${capital(title)} heals itself: whatever is changed by hand, a rollback too, is overwritten within seconds. Only a revert in Git holds.`
          : `${capital(title)} syncs by itself: \`argocd app rollback\` is refused while it does. Only a revert in Git holds.`,
        instead: 'Revert in Git and sync. In an emergency, pause the one Application first.',
        inverse: `kubectl patch application ${name} -n ${namespace || 'argocd'} --type merge -p '{"spec":{"syncPolicy":{"automated":{"enabled":false}}}}'`,
        at: after.at('spec', 'syncPolicy', 'automated'),
      };
    }
  },
};
