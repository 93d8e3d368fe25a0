import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asList, asText, fieldAt } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { appsOf, capital, docs, syncOptionsOf } from './argo-object.ts';
import { application } from './example.ts';

export const differenceIgnored: Rule<ManifestFile> = {
  id: 'argocd/difference-ignored',
  problem:
    'Differences in some fields are ignored. A drift there is not seen; with `RespectIgnoreDifferences` a revert of those fields is not applied either.',
  instead: 'Ignore the narrowest field that another controller owns, and nothing else.',
  source: docs.diffing,
  examples: {
    matches: [
      {
        before: application('project: a'),
        after: application(
          'project: a, ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/template]}]',
        ),
      },
    ],
    passes: [
      {
        before: application('ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}]'),
        after: application('ignoreDifferences: []'),
      },
    ],
  },
  *find(change) {
    for (const { title, before, after } of appsOf(change)) {
      const old = asList(before?.field('spec', 'ignoreDifferences'));
      const added = asList(after.field('spec', 'ignoreDifferences')).filter(
        (one) => !old.some((other) => isSame(one, other)),
      );
      if (added.length === 0) continue;
      const isRespected = syncOptionsOf(after).includes('RespectIgnoreDifferences=true');
      const fields = added.map((one) =>
        `${asText(fieldAt(one, ['kind'])) ?? '?'} ${['jsonPointers', 'jqPathExpressions', 'managedFieldsManagers']
          .flatMap((key) => asList(fieldAt(one, [key])))
          .map((text) => asText(text) ?? '')
          .join(' ')}`.trim(),
      );
      yield {
        ...(isRespected && { class: 'reversible-with-manual-repair' as const }),
        message: `${capital(title)} ignores ${fields.join(', ')}: ${isRespected ? 'a revert in Git does not change it in the cluster.' : 'a drift there is not shown, and Synced no longer means that it is as Git says.'}`,
        instead: isRespected
          ? 'Going back, set these fields in the cluster by hand, or take the option off first.'
          : 'Ignore the narrowest field only.',
        at: after.at('spec', 'ignoreDifferences'),
      };
    }
  },
};
