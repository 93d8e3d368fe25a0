import { containersOf, placedItems, podSpecOf, volumesOf } from '../manifest-pods.ts';
import { asFields, asList, asText, type Manifest } from '../manifest.ts';
import type { Step } from '../yaml-position.ts';

/** Something that a pod cannot start without, and where it asks for it. */
export interface Reference {
  readonly kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim' | 'ServiceAccount';
  readonly name: string;
  readonly path: readonly Step[];
}

/** What the pods of a workload need in their namespace. What is marked optional is not needed. */
export function referencesOf(manifest: Manifest): readonly Reference[] {
  const pod = podSpecOf(manifest);
  if (!pod) return [];
  const account = asText(pod.value['serviceAccountName']);
  return [
    ...volumesOf(manifest).flatMap(({ value, path }) => [
      ...named('ConfigMap', value['configMap'], 'name', [...path, 'configMap']),
      ...named('Secret', value['secret'], 'secretName', [...path, 'secret']),
      ...named('PersistentVolumeClaim', value['persistentVolumeClaim'], 'claimName', [
        ...path,
        'persistentVolumeClaim',
      ]),
      ...asList(asFields(value['projected'])['sources']).flatMap((source, index) => [
        ...named('ConfigMap', asFields(source)['configMap'], 'name', [
          ...path,
          'projected',
          'sources',
          index,
          'configMap',
        ]),
        ...named('Secret', asFields(source)['secret'], 'name', [...path, 'projected', 'sources', index, 'secret']),
      ]),
    ]),
    ...containersOf(manifest).flatMap((container) => [
      ...placedItems(container, 'envFrom').flatMap(({ value, path }) => [
        ...named('ConfigMap', value['configMapRef'], 'name', [...path, 'configMapRef']),
        ...named('Secret', value['secretRef'], 'name', [...path, 'secretRef']),
      ]),
      ...placedItems(container, 'env').flatMap(({ value, path }) => {
        const from = asFields(value['valueFrom']);
        return [
          ...named('ConfigMap', from['configMapKeyRef'], 'name', [...path, 'valueFrom', 'configMapKeyRef']),
          ...named('Secret', from['secretKeyRef'], 'name', [...path, 'valueFrom', 'secretKeyRef']),
        ];
      }),
    ]),
    ...(account === undefined || account === 'default'
      ? []
      : [{ kind: 'ServiceAccount' as const, name: account, path: [...pod.path, 'serviceAccountName'] }]),
  ];
}

function named(kind: Reference['kind'], from: unknown, key: string, path: readonly Step[]): readonly Reference[] {
  const fields = asFields(from as never);
  const name = asText(fields[key]);
  return name === undefined || name === '' || fields['optional'] === true ? [] : [{ kind, name, path: [...path, key] }];
}
