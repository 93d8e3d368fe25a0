import type { Rule } from '../../model/surface.ts';
import { asText } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { changedOf, docs } from './argo-object.ts';
import { applicationSet } from './example.ts';

export const preserveTurnedOff: Rule<ManifestFile> = {
  id: 'argocd/preserve-turned-off',
  problem:
    'The ApplicationSet no longer protects what its Applications deployed: the next Application that it drops takes its workloads and data with it.',
  instead: 'Leave the protection on.',
  source: docs.setDeletion,
  examples: {
    matches: [
      {
        before: applicationSet('syncPolicy: {preserveResourcesOnDeletion: true}'),
        after: applicationSet('syncPolicy: {}'),
      },
      {
        before: applicationSet('syncPolicy: {applicationsSync: create-update}'),
        after: applicationSet('syncPolicy: {applicationsSync: sync}'),
      },
    ],
    passes: [
      {
        before: applicationSet('syncPolicy: {}'),
        after: applicationSet('syncPolicy: {preserveResourcesOnDeletion: true}'),
      },
    ],
  },
  *find(change) {
    for (const { before, after } of changedOf(change, 'ApplicationSet')) {
      const isUnprotected =
        before.field('spec', 'syncPolicy', 'preserveResourcesOnDeletion') === true &&
        after.field('spec', 'syncPolicy', 'preserveResourcesOnDeletion') !== true;
      const [then, now] = [before, after].map(
        (one) => asText(one.field('spec', 'syncPolicy', 'applicationsSync')) ?? 'sync',
      );
      const deletes = /delete|^sync$/;
      if (!isUnprotected && !(!deletes.test(then ?? '') && deletes.test(now ?? ''))) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `ApplicationSet ${after.name} no longer protects what is deployed: an Application that it drops takes everything with it.`,
        instead: 'Leave `preserveResourcesOnDeletion: true`.',
        inverse: 'preserveResourcesOnDeletion: true',
        closedBy: 'the first Application is dropped',
        at: after.at('spec', 'syncPolicy', isUnprotected ? 'preserveResourcesOnDeletion' : 'applicationsSync'),
      };
    }
  },
};
