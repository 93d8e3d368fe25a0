import type { Rule } from '../../model/surface.ts';
import { asText, fieldAt } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { isFixed, versionMove } from '../version-move.ts';
import { appsOf, docs, sourcesOf } from './argo-object.ts';
import { application } from './example.ts';

export const versionMoved: Rule<ManifestFile> = {
  id: 'argocd/version-moved',
  problem:
    'A chart or a revision moves from one version to another. A revert brings the package back, but not the CRDs that it changed, nor data that the newer version has migrated.',
  instead: 'Render both versions before the merge, and revert while nothing is migrated yet.',
  source: docs.tracking,
  examples: {
    matches: [
      {
        before: application('source: {chart: web, targetRevision: 1.4.2}'),
        after: application('source: {chart: web, targetRevision: 1.4.3}'),
      },
    ],
    passes: [
      {
        before: application('source: {chart: web, targetRevision: 1.4.2}'),
        after: application('project: b, source: {chart: web, targetRevision: 1.4.2}'),
      },
    ],
  },
  *find(change) {
    for (const { title, before, after } of appsOf(change)) {
      const old = before ? sourcesOf(before) : [];
      for (const [index, { value, steps }] of sourcesOf(after).entries()) {
        const [then, now] = [old[index]?.value, value].map((one) => asText(fieldAt(one, ['targetRevision'])));
        if (then === undefined || now === undefined || then === now || !isFixed(then) || !isFixed(now)) continue;
        const chart = asText(fieldAt(value, ['chart']));
        yield versionMove(
          chart === undefined ? title : `Chart ${chart}`,
          then,
          now,
          after.at(...steps, 'targetRevision'),
        );
      }
    }
  },
};
