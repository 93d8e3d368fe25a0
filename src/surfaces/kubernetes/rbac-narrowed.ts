import type { Rule } from '../../model/surface.ts';
import { deletedIn, updatesOf } from '../manifest-changes.ts';
import { titleOf } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { someOf } from '../some-of.ts';
import { allowedOnlyBy, bindingKinds, permissionsOf, roleKinds, subjectsOnlyIn } from './permissions.ts';

const role = (verbs: string): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: web}\nrules: [{apiGroups: [apps], resources: [deployments], verbs: [${verbs}]}]\n`;
const instead =
  'Look in the audit log for who used the right lately, the deployer itself first. If the right was a hole, fix forward: a revert opens it again.';

export const rbacNarrowed: Rule<ManifestFile> = {
  id: 'kubernetes/rbac-narrowed',
  problem: 'Somebody may do less from now on: perhaps the one who would have to undo it. A revert grants it again.',
  instead,
  source:
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping',
  examples: {
    matches: [{ before: role('get, patch'), after: role('get') }, { before: role('get') }],
    passes: [{ before: role('get'), after: role("'*'") }],
  },
  *find(change) {
    for (const { before, after } of updatesOf(change, ...roleKinds)) {
      const [was, is] = [permissionsOf(before), permissionsOf(after)];
      const less = was && is ? allowedOnlyBy(was, is) : [];
      if (less.length > 0) yield finding(`${titleOf(after)} may no longer ${someOf(less)}`, after.at('rules'));
    }
    for (const { before, after } of updatesOf(change, ...bindingKinds)) {
      const less = subjectsOnlyIn(before, after);
      if (less.length > 0) yield finding(`${titleOf(after)} no longer binds ${someOf(less)}`, after.at('subjects'));
    }
    for (const gone of deletedIn(change, ...roleKinds, ...bindingKinds)) {
      yield finding(`${titleOf(gone)} is deleted`, gone.at('metadata', 'name'));
    }
  },
};

const finding = (what: string, at: ReturnType<Parameters<typeof titleOf>[0]['at']>) =>
  ({
    class: 'reversible-with-compatibility-window',
    message: `${what}. Whoever needs it fails from then on; nobody can grant back what they do not hold, so the deployer must keep it to undo this. A revert also opens what was closed.`,
    instead,
    inverse: 'apply the previous manifest, as somebody who still holds these rights',
    closedBy: 'nobody who can deploy holds the right any more',
    probe: 'kubectl auth can-i --list --as=<the deployer>',
    at,
  }) as const;
