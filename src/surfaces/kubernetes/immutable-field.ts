import type { Json } from '../../model/json.ts';
import { isObject, isSame } from '../../model/same.ts';
import type { Rule, RuleFinding } from '../../model/surface.ts';
import { differsAt, updatesOf, type Updated } from '../manifest-changes.ts';
import { podLabelsOf } from '../manifest-pods.ts';
import { asFields, fieldAt, titleOf, type Manifest } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { immutableClusterKinds } from './immutable-cluster-kinds.ts';
import type { ImmutableKind } from './immutable-kind.ts';
import { immutableKinds } from './immutable-kinds.ts';
import { isAllowedPodChange } from './pod-changes.ts';

const kindsOf = Map.groupBy([...immutableKinds, ...immutableClusterKinds], ({ group, kind }) => `${group}/${kind}`);

export const immutableField: Rule<ManifestFile> = {
  id: 'kubernetes/immutable-field',
  problem: 'A field changes that the API server never changes in place. Going forward is refused, or going back is.',
  instead: 'Make a new object beside the old one and move over to it; delete the old one when the way back is closed.',
  source: 'https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go',
  examples: {
    matches: [
      {
        before:
          'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: {matchLabels: {app: web}}}\n',
        after:
          'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: {matchLabels: {app: shop}}}\n',
      },
      {
        before: 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {storageClassName: slow}\n',
        after: 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {storageClassName: fast}\n',
      },
    ],
    passes: [
      {
        before: 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec: {replicas: 1, serviceName: db}\n',
        after: 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec: {replicas: 3, serviceName: db}\n',
      },
    ],
  },
  *find(change) {
    for (const pair of updatesOf(change)) {
      for (const kind of kindsOf.get(`${pair.after.group}/${pair.after.kind}`) ?? []) {
        if (!appliesTo(kind, pair)) continue;
        for (const path of changedFields(kind, pair)) yield findingOf(kind, pair, path);
      }
    }
  },
};

function appliesTo({ onlyWhen, notWhen }: ImmutableKind, { before, after }: Updated): boolean {
  const holds = ({ field, is }: { field: string; is: string | boolean }): boolean =>
    [before, after].some((one) => one.field(...field.split('.')) === is);
  return (!onlyWhen || holds(onlyWhen)) && (!notWhen || !holds(notWhen));
}

/** The fields that differ once what the server fills in is filled in. */
function changedFields(kind: ImmutableKind, pair: Updated): readonly string[] {
  const before = withDefaults(kind, pair.before);
  const after = withDefaults(kind, pair.after);
  return kind.fields
    .flatMap((field) => (field.endsWith('.*') ? innerFields(kind, field.slice(0, -2), before, after) : [field]))
    .filter((field) => !isSame(fieldAt(before, field.split('.')), fieldAt(after, field.split('.'))))
    .filter((field) => kind.kind !== 'Pod' || !isAllowedPodChange(field, before, after))
    .filter((field) => kind.kind !== 'Job' || !isElastic(field, before, after));
}

function innerFields(kind: ImmutableKind, outer: string, before: Json, after: Json): readonly string[] {
  const names = [before, after].flatMap((value) => Object.keys(asFields(fieldAt(value, outer.split('.')))));
  return [...new Set(names)].filter((name) => kind.except?.includes(name) !== true).map((name) => `${outer}.${name}`);
}

function withDefaults({ defaults }: ImmutableKind, manifest: Manifest): Json {
  return Object.entries(defaults ?? {}).reduce<Json>(
    (value, [path, filled]) => filledIn(value, path.split('.'), filled),
    manifest.value,
  );
}

function filledIn(value: Json, [key = '', ...rest]: readonly string[], filled: Json): Json {
  if (!isObject(value)) return value;
  const inner = value[key];
  if (rest.length > 0) return { ...value, [key]: filledIn(inner ?? {}, rest, filled) };
  return inner === undefined ? { ...value, [key]: filled } : value;
}

/** An indexed job may change how many completions it wants, together with how many run at once. */
const isElastic = (field: string, before: Json, after: Json): boolean =>
  field === 'spec.completions' &&
  [before, after].every(
    (value) =>
      fieldAt(value, ['spec', 'completionMode']) === 'Indexed' &&
      isSame(fieldAt(value, ['spec', 'completions']), fieldAt(value, ['spec', 'parallelism'])),
  );

function findingOf({ recreation, isSilent }: ImmutableKind, pair: Updated, field: string): RuleFinding {
  const { after } = pair;
  const title = titleOf(after);
  const at = after.at(...field.split('.'));
  if (isFilledInByServer(pair, field)) {
    return {
      message: `${title}: ${field} was left to the server and is now written down, or the other way round. If the object that runs holds another value, the change is refused, and its revert too.`,
      instead: `Compare with the object that runs before the merge: ${probeOf(after, field)}.`,
      at,
      probe: probeOf(after, field),
    };
  }
  return {
    class: recreation.class,
    classAfterWrites: recreation.classAfterWrites,
    message: isSilent
      ? `${title}: the server ignores a change of ${field} without a word. ${recreation.loses}`
      : `${title}: ${field} cannot be changed in place, neither forward nor back. ${recreation.loses}`,
    instead: recreation.instead,
    ...(recreation.inverse !== undefined && { inverse: filledInverse(recreation.inverse, after) }),
    probe: probeOf(after, field),
    at,
  };
}

/** The groups before apps/v1 took the selector from the labels of the template. */
function isFilledInByServer(pair: Updated, field: string): boolean {
  if (field !== 'spec.selector' || !differsAt(pair, 'apiVersion')) return false;
  const [left, written] =
    pair.before.field('spec', 'selector') === undefined ? [pair.before, pair.after] : [pair.after, pair.before];
  if (left.field('spec', 'selector') !== undefined) return false;
  return isSame(asFields(written.field('spec', 'selector', 'matchLabels')), podLabelsOf(left));
}

const namespaceFlag = ({ namespace }: Manifest): string => (namespace === '' ? '' : ` -n ${namespace}`);
const filledInverse = (text: string, manifest: Manifest): string =>
  text.replace('{name}', () => manifest.name).replace('{namespace}', () => namespaceFlag(manifest));
const probeOf = (manifest: Manifest, field: string): string =>
  `kubectl get ${manifest.kind.toLowerCase()} ${manifest.name}${namespaceFlag(manifest)} -o jsonpath='{.${field.replace(/\.(\d+)/g, '[$1]')}}'`;
