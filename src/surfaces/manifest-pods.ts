import type { Json } from '../model/json.ts';
import { asFields, asList, type Fields, type Manifest } from './manifest.ts';
import type { Step } from './yaml-position.ts';

/** Where each kind keeps the pod it starts. */
const podSpecs: Readonly<Record<string, readonly Step[]>> = {
  Pod: ['spec'],
  PodTemplate: ['template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ...Object.fromEntries(
    ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'Rollout'].map((kind) => [
      kind,
      ['spec', 'template', 'spec'],
    ]),
  ),
};

/** Something with its path in its manifest. */
export interface Placed {
  readonly value: Fields;
  readonly path: readonly Step[];
}

/** The pod specification of a workload of any kind, or undefined when it starts none. */
export function podSpecOf(manifest: Manifest): Placed | undefined {
  const path = podSpecs[manifest.kind];
  if (!path) return undefined;
  const value = manifest.field(...path);
  return value === undefined ? undefined : { value: asFields(value), path };
}

/** The labels that its pods will carry. */
export function podLabelsOf(manifest: Manifest): Fields {
  const path = podSpecs[manifest.kind];
  return path ? asFields(manifest.field(...path.slice(0, -1), 'metadata', 'labels')) : {};
}

/** Init containers first, as they start. */
export function containersOf(manifest: Manifest): readonly Placed[] {
  const pod = podSpecOf(manifest);
  if (!pod) return [];
  return ['initContainers', 'containers'].flatMap((list) => placedItems(pod, list));
}

export const volumesOf = (manifest: Manifest): readonly Placed[] => {
  const pod = podSpecOf(manifest);
  return pod ? placedItems(pod, 'volumes') : [];
};

export const placedItems = (of: Placed, list: string): readonly Placed[] =>
  asList(of.value[list]).map((item: Json, index) => ({ value: asFields(item), path: [...of.path, list, index] }));
