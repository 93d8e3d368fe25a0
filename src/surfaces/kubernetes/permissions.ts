import type { Json } from '../../model/json.ts';
import { isSame } from '../../model/same.ts';
import { asFields, asList, asText, type Manifest } from '../manifest.ts';

/** One thing that may be done: `verb resource`, for example `get secrets`, with its group and, where given, its name. */
export type Permission = string;

const texts = (value: Json | undefined): readonly string[] => asList(value).flatMap((one) => asText(one) ?? []);
const most = 20_000;

/** Everything the rules of a role allow, one by one. Undefined when it is decided elsewhere, or too much to write out. */
export function permissionsOf(role: Manifest): ReadonlySet<Permission> | undefined {
  if (role.field('aggregationRule') !== undefined) return undefined;
  const all = new Set<Permission>();
  for (const rule of asList(role.field('rules')).map(asFields)) {
    const verbs = texts(rule['verbs']);
    const names = texts(rule['resourceNames']);
    const groups = texts(rule['apiGroups']);
    const resources = texts(rule['resources']).flatMap((one) =>
      groups.map((group) => (group === '' ? one : `${one}.${group}`)),
    );
    const targets = [...resources, ...texts(rule['nonResourceURLs'])];
    if (all.size + verbs.length * targets.length * Math.max(names.length, 1) > most) return undefined;
    for (const verb of verbs)
      for (const target of targets)
        for (const name of names.length === 0 ? [''] : names)
          all.add(`${verb} ${target}${name === '' ? '' : `/${name}`}`);
  }
  return all;
}

/** What the first allows and the second does not, wildcards counted. */
export const allowedOnlyBy = (one: ReadonlySet<Permission>, other: ReadonlySet<Permission>): readonly Permission[] =>
  [...one].filter((permission) => !isAllowed(permission, other));

function isAllowed(permission: Permission, by: ReadonlySet<Permission>): boolean {
  if (by.has(permission)) return true;
  const [verb = '', target = ''] = permission.split(' ');
  const resource = target.split('/')[0] ?? '';
  const group = resource.includes('.') ? resource.slice(resource.indexOf('.')) : '';
  const wide = [target, resource, `*${group}`, '*.*', ...(group === '' ? ['*'] : [])];
  return [verb, '*'].some((action) => wide.some((what) => by.has(`${action} ${what}`)));
}

/** Who a binding binds that the other does not. */
export const subjectsOnlyIn = (one: Manifest, other: Manifest | undefined): readonly string[] =>
  asList(one.field('subjects'))
    .filter((subject) => !asList(other?.field('subjects')).some((known) => isSame(known, subject)))
    .map((subject) => `${asText(asFields(subject)['kind']) ?? ''} ${asText(asFields(subject)['name']) ?? ''}`);

export const roleKinds = ['Role', 'ClusterRole'] as const;
export const bindingKinds = ['RoleBinding', 'ClusterRoleBinding'] as const;
