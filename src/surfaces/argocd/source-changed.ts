import type { Json } from '../../model/json.ts';
import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asText, fieldAt } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { appsOf, capital, docs, isAutomatedWith, sourcesOf } from './argo-object.ts';
import { application } from './example.ts';

export const sourceChanged: Rule<ManifestFile> = {
  id: 'argocd/source-changed',
  problem:
    'The Application reads another repository, folder or chart. What is not found there is deleted when pruning is on, and left behind when it is off.',
  instead: 'Compare what both places render before the merge.',
  source: docs.specification,
  examples: {
    matches: [
      {
        before: application('source: {repoURL: "https://example.com/a.git", path: shop}'),
        after: application('source: {repoURL: "https://example.com/a.git", path: store}'),
      },
    ],
    passes: [
      {
        before: application('source: {repoURL: "https://example.com/a.git", path: shop, targetRevision: v1.0.0}'),
        after: application('source: {repoURL: "https://example.com/a.git", path: shop, targetRevision: v1.0.1}'),
      },
    ],
  },
  *find(change) {
    for (const { title, before, after } of appsOf(change)) {
      if (!before) continue;
      const [then, now] = [sourcesOf(before), sourcesOf(after)].map((all) => all.map(({ value }) => placeOf(value)));
      if (!then?.length || isSame(then, now)) continue;
      const steps = sourcesOf(after).find((_, index) => !isSame(then[index], now?.[index]))?.steps ?? ['spec'];
      const isPruned = isAutomatedWith(after, 'prune');
      yield {
        class: 'reversible-with-manual-repair',
        message: `${capital(title)} reads another place. What is not there under the same name ${isPruned ? 'is pruned, volume claims included' : 'stays in the cluster until somebody prunes'}.`,
        instead: 'Compare what both places render; protect claims with `Prune=confirm`.',
        probe: `argocd app diff ${after.manifest.name}`,
        ...(isPruned && { closedBy: 'the next sync prunes' }),
        at: after.at(...steps),
      };
    }
  },
};

const placeOf = (source: Json): Json =>
  ['repoURL', 'path', 'chart'].map((field) =>
    (asText(fieldAt(source, [field])) ?? '').replace(/\.git$/, '').replace(/^\.\/|\/$/g, ''),
  );
