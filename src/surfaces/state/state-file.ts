import { Fault } from '../../model/fault.ts';
import { elementIn } from '../plan/element-in.ts';
import { JsonScanner, type Place } from '../plan/json-scanner.ts';
import { isPlanList, isPlanObject, isUnset, type PlanObject, type PlanValue } from '../plan/plan-value.ts';

/** An object that a state says to exist. */
export interface StateObject {
  readonly address: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** Names of attributes that hold a secret in clear. */
  readonly secrets: readonly string[];
  readonly at: Position;
}

export interface Position extends Place {
  readonly path: string;
}

/** A state of Terraform or OpenTofu, format 4. */
export interface StateFile {
  readonly lineage: string;
  readonly serial: number;
  /** Managed objects by address. */
  readonly objects: ReadonlyMap<string, StateObject>;
  /** Names of outputs that are marked sensitive, which are in clear all the same. */
  readonly sensitiveOutputs: readonly string[];
  readonly at: Readonly<Record<'file' | 'serial' | 'lineage' | 'outputs', Position>>;
}

const wanted = {
  version: 'value',
  serial: 'value',
  lineage: 'value',
  outputs: 'value',
  encrypted_data: 'value',
  resources: 'elements',
} as const;

/** Faults: `invalid-input`, with the position, for what is not a readable state. */
export function stateIn(text: string, path: string): StateFile {
  const scanner = new JsonScanner(wanted, path);
  const values = new Map<string, PlanValue>();
  const places = new Map<string, Position>();
  const objects = new Map<string, StateObject>();
  for (const found of scanner.push(Buffer.from(text))) {
    const at = { path, ...found.at };
    const value = elementIn(found, path);
    if (found.key === 'resources') for (const one of objectsOf(value, at)) objects.set(one.address, one);
    else {
      values.set(found.key, value);
      places.set(found.key, at);
    }
  }
  scanner.end();
  refuseOthers(values, path, places.get('version'));
  const file = { path, line: 1, column: 1 };
  const place = (key: string): Position => places.get(key) ?? file;
  const [outputs, lineage] = [values.get('outputs'), values.get('lineage')];
  return {
    lineage: typeof lineage === 'string' ? lineage : '',
    serial: Number(values.get('serial') ?? 0),
    objects,
    sensitiveOutputs: isPlanObject(outputs)
      ? Object.keys(outputs).filter((name) => isPlanObject(outputs[name]) && outputs[name]['sensitive'] === true)
      : [],
    at: { file, serial: place('serial'), lineage: place('lineage'), outputs: place('outputs') },
  };
}

function refuseOthers(values: ReadonlyMap<string, PlanValue>, path: string, at: Position | undefined): void {
  const place = `${path}:${at?.line ?? 1}:${at?.column ?? 1}`;
  if (values.has('encrypted_data'))
    throw new Fault('invalid-input', `${path} is an encrypted state, which is not read here.`, {
      at: place,
      advice: 'Compare the decrypted states with `tofu state pull` where the key is.',
    });
  if (values.get('version') !== 4)
    throw new Fault('invalid-input', `${path} is not a state in format 4, the only one that is known here.`, {
      at: place,
      advice: 'Upgrade it with `terraform state pull` of a current release.',
    });
}

function* objectsOf(value: PlanValue, at: Position): Iterable<StateObject> {
  if (!isPlanObject(value) || value['mode'] !== 'managed') return;
  const { module, type, name, instances } = value;
  if (typeof type !== 'string' || typeof name !== 'string' || !isPlanList(instances)) return;
  const base = `${typeof module === 'string' ? `${module}.` : ''}${type}.${name}`;
  for (const instance of instances) {
    if (!isPlanObject(instance)) continue;
    const deposed = typeof instance['deposed'] === 'string' ? ` (deposed ${instance['deposed']})` : '';
    yield {
      address: `${base}${keyOf(instance['index_key'])}${deposed}`,
      type,
      schemaVersion: Number(instance['schema_version'] ?? 0),
      secrets: secretsOf(instance),
      at,
    };
  }
}

const keyOf = (key: PlanValue | undefined): string =>
  typeof key === 'number' ? `[${key}]` : typeof key === 'string' ? `[${JSON.stringify(key)}]` : '';

/** A provider does not mark all of them. */
const secretName =
  /(^|_)(password|secret|secret_string|secret_key|private_key|private_key_pem|token|auth_token|connection_string|access_key_secret|client_secret)$/;

function secretsOf(instance: PlanObject): readonly string[] {
  const attributes = isPlanObject(instance['attributes']) ? instance['attributes'] : {};
  const marked = isPlanList(instance['sensitive_attributes'])
    ? instance['sensitive_attributes'].flatMap(firstName)
    : [];
  const named = Object.keys(attributes).filter((name) => secretName.test(name) && typeof attributes[name] === 'string');
  return [...new Set([...marked, ...named])].filter((name) => !isUnset(attributes[name]));
}

/** `[{ "type": "get_attr", "value": "password" }]` → `password` */
function firstName(path: PlanValue): readonly string[] {
  const [first] = isPlanList(path) ? path : [];
  return isPlanObject(first) && typeof first['value'] === 'string' ? [first['value']] : [];
}
