import type { Finding } from '../model/finding.ts';
import type { Json } from '../model/json.ts';
import { isObject } from '../model/same.ts';
import type { Step } from './yaml-position.ts';
import type { Place } from './yaml-stream.ts';

export type Fields = Readonly<Record<string, Json>>;
export type Position = NonNullable<Finding['at']>;

/** One Kubernetes object of one version of a file. */
export interface Manifest {
  readonly path: string;
  /** As it is written; the group is that in which the object is stored today. */
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
  /** Empty where it is not written: whoever applies it decides. */
  readonly namespace: string;
  /** Empty where the server makes it up (`generateName`). */
  readonly name: string;
  readonly value: Fields;
  /** What stands at a path, for example `field('spec', 'replicas')`. */
  field(...path: readonly Step[]): Json | undefined;
  /** Where it stands, or the nearest thing around it that stands there. Parses the document again: for findings only. */
  at(...path: readonly Step[]): Position;
}

/** An object in both versions. Without `before` it is new, without `after` it is gone. */
export interface ManifestPair {
  readonly before?: Manifest;
  readonly after?: Manifest;
}

/** What `Deployment web` or `Deployment shop/web` is called in a message. */
export const titleOf = ({ kind, namespace, name }: Manifest): string =>
  `${kind} ${namespace === '' ? '' : `${namespace}/`}${name === '' ? '(unnamed)' : name}`;

/** Kinds that moved to another group took their stored objects with them. */
const movedTo: Readonly<Record<string, string>> = {
  'extensions/Deployment': 'apps',
  'extensions/DaemonSet': 'apps',
  'extensions/ReplicaSet': 'apps',
  'extensions/Ingress': 'networking.k8s.io',
  'extensions/NetworkPolicy': 'networking.k8s.io',
  'extensions/PodSecurityPolicy': 'policy',
};

/** A value as a manifest, or undefined when it is none. */
export function manifestOf(
  value: Json | undefined,
  path: string,
  positionOf: (path: readonly Step[]) => Place,
): Manifest | undefined {
  if (!isObject(value)) return undefined;
  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const about = isObject(metadata) ? metadata : {};
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return {
    path,
    apiVersion,
    group: movedTo[`${group}/${kind}`] ?? group,
    kind,
    namespace: asText(about['namespace']) ?? '',
    name: asText(about['name']) ?? '',
    value,
    field: (...steps) => fieldAt(value, steps),
    at: (...steps) => ({ path, ...positionOf(steps) }),
  };
}

/** What stands at a path in a value. Nothing is inherited: `constructor` is a name like any other. */
export function fieldAt(value: Json | undefined, path: readonly Step[]): Json | undefined {
  let at = value;
  for (const step of path) {
    if (Array.isArray(at)) at = at[Number(step)];
    else if (isObject(at) && Object.hasOwn(at, step)) at = at[step];
    else return undefined;
  }
  return at;
}

/** A value in the form that a rule needs; anything else is as if it were not there. */
export const asText = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
export const asNumber = (value: Json | undefined): number | undefined =>
  typeof value === 'number' ? value : typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
export const asFields = (value: Json | undefined): Fields => (isObject(value) ? value : {});
export const asList = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
