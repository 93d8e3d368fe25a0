import type { Rule } from '../../model/surface.ts';
import { asText, fieldAt } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { isFixed } from '../version-move.ts';
import { appsOf, docs, sourcesOf } from './argo-object.ts';
import { application } from './example.ts';

export const revisionNotFixed: Rule<ManifestFile> = {
  id: 'argocd/revision-not-fixed',
  problem:
    'A branch, `HEAD` or a range decides what is deployed. It moves without a commit here, so a revert of this file does not bring back what ran.',
  instead: 'Name a commit, a tag that nobody moves, or one chart version.',
  source: docs.tracking,
  examples: {
    matches: [
      application('source: {repoURL: "https://charts.example.com", chart: web, targetRevision: 1.x}'),
      {
        before: application('source: {repoURL: "https://charts.example.com", chart: web, targetRevision: 1.x}'),
        after: application('source: {repoURL: "https://charts.example.com", chart: web, targetRevision: 1.4.2}'),
      },
    ],
    passes: [
      application('source: {repoURL: "https://charts.example.com", chart: web, targetRevision: 1.4.2}'),
      {
        before: application('source: {repoURL: "https://example.com/shop.git", path: a, targetRevision: main}'),
        after: application(
          'project: b, source: {repoURL: "https://example.com/shop.git", path: a, targetRevision: main}',
        ),
      },
    ],
  },
  *find(change) {
    for (const { title, before, after } of appsOf(change)) {
      const old = before ? sourcesOf(before) : [];
      for (const [index, source] of sourcesOf(after).entries()) {
        const [then, now] = [old[index]?.value, source.value].map((one) =>
          one === undefined ? undefined : revisionOf(one),
        );
        if (now === undefined || then === now || isTemplated(now)) continue;
        const at = after.at(...source.steps, 'targetRevision');
        if (then !== undefined && !isTemplated(then) && !isFixed(then))
          yield {
            class: 'reversible-with-manual-repair',
            message: `${title} was at ${then}, which does not say what ran. A revert may deploy something newer than what was there before.`,
            instead: 'Look up the revision that ran in its history, and go back to that one by name.',
            probe: `argocd app history ${after.manifest.name}`,
            at,
          };
        else if (!isFixed(now))
          yield {
            message: `${title} follows ${now}, which moves without a commit here: going back means a revert in that repository.`,
            instead: 'Name a commit, a version tag or one chart version.',
            at,
          };
      }
    }
  },
};

const revisionOf = (source: Parameters<typeof fieldAt>[0]): string =>
  asText(fieldAt(source, ['targetRevision'])) ?? 'HEAD';
const isTemplated = (text: string): boolean => text.includes('{{');
