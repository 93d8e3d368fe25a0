import type { Rule } from '../../model/surface.ts';
import { addedIn, updatesOf } from '../manifest-changes.ts';
import { asText, titleOf } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { someOf } from '../some-of.ts';
import { allowedOnlyBy, bindingKinds, permissionsOf, roleKinds, subjectsOnlyIn } from './permissions.ts';

const role = (verbs: string): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: web}\nrules: [{apiGroups: [''], resources: [secrets], verbs: [${verbs}]}]\n`;
const instead = 'Grant the least that is needed, for as long as it is needed, and keep the audit log of that time.';

export const rbacWidened: Rule<ManifestFile> = {
  id: 'kubernetes/rbac-widened',
  problem: 'Somebody may do more from now on. A revert takes the right back, not what was read or done with it.',
  instead,
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  examples: {
    matches: [{ before: role('get'), after: role('get, list') }],
    passes: [
      { before: role("'*'"), after: role("'*', list") },
      { before: role('get, list'), after: role('get') },
    ],
  },
  *find(change) {
    for (const { before, after } of updatesOf(change, ...roleKinds)) {
      const [was, is] = [permissionsOf(before), permissionsOf(after)];
      if (!was || !is) continue;
      const more = allowedOnlyBy(is, was);
      if (more.length === 0) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'compensatable',
        message: `${titleOf(after)} may do more: ${someOf(more)}. What is read or changed with it stays read and changed after a revert.`,
        instead,
        inverse: 'apply the previous rules',
        closedBy: 'the right is used',
        at: after.at('rules'),
      };
    }
    for (const { before, after } of updatesOf(change, ...bindingKinds)) {
      const more = subjectsOnlyIn(after, before);
      if (more.length > 0) yield bound(after, more);
    }
    for (const after of addedIn(change, ...bindingKinds)) {
      if (asText(after.field('roleRef', 'name')) === 'cluster-admin')
        yield bound(after, subjectsOnlyIn(after, undefined));
    }
  },
};

const bound = (after: Parameters<typeof titleOf>[0], subjects: readonly string[]) =>
  ({
    class: 'fully-reversible',
    classAfterWrites: 'compensatable',
    message: `${titleOf(after)} gives ${asText(after.field('roleRef', 'name')) ?? 'its role'} to ${someOf(subjects)}. What is done with it stays done after a revert.`,
    instead,
    inverse: 'apply the previous subjects',
    closedBy: 'the right is used',
    at: after.at('subjects'),
  }) as const;
