import type { Returns } from '../../model/artifact.ts';
import { Fault } from '../../model/fault.ts';
import { attributeChanges, type AttributeChange } from './attribute-changes.ts';
import { isPlanList, isPlanObject, type PlanObject, type PlanValue } from './plan-value.ts';

export type PlannedAction = 'none' | 'read' | 'create' | 'update' | 'delete' | 'replace' | 'forget';

export interface Position {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** What a plan does to one resource. */
export interface PlannedChange {
  readonly kind: 'resource';
  /** The address; of a deposed object with its key, since several objects share one address. */
  readonly name: string;
  readonly address: string;
  readonly type: string;
  readonly isData: boolean;
  readonly isDeposed: boolean;
  readonly isImported: boolean;
  readonly action: PlannedAction;
  readonly createsFirst: boolean;
  /** Why, in Terraform's words: `delete_because_count_index`. */
  readonly reason: string;
  readonly previousAddress: string | undefined;
  readonly before: PlanObject;
  readonly after: PlanObject;
  /** Attributes that force the replacement: at least these. Indices are left out. */
  readonly replacedBy: readonly string[];
  readonly attributes: readonly AttributeChange[];
  readonly at: Position;
}

/** A change with what reverting the configuration would do to it, and why where that is not the plain inverse. */
export interface JudgedChange extends PlannedChange {
  readonly returns: Returns;
  readonly because: string | undefined;
}

const text = (value: PlanValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const object = (value: PlanValue | undefined): PlanObject => (isPlanObject(value) ? value : {});

const actions: Readonly<Record<string, PlannedAction>> = {
  'no-op': 'none',
  read: 'read',
  create: 'create',
  update: 'update',
  delete: 'delete',
  forget: 'forget',
  'delete,create': 'replace',
  'create,delete': 'replace',
  'create,forget': 'replace',
  'forget,create': 'replace',
};

/** Whether the plan leaves the resource as it is, under its address: what most elements say. */
export function isUntouched(element: PlanValue): boolean {
  if (!isPlanObject(element) || typeof element['address'] !== 'string' || element['previous_address'] !== undefined)
    return false;
  const change = object(element['change']);
  const named = change['actions'];
  return isPlanList(named) && named.length === 1 && named[0] === 'no-op' && change['importing'] === undefined;
}

/** An element of `resource_changes` or `resource_drift`. Faults: `invalid-input` where it is none. */
export function plannedChange(element: PlanValue, at: Position): PlannedChange {
  const row = object(element);
  const change = object(row['change']);
  const address = text(row['address']);
  const named = isPlanList(change['actions']) ? change['actions'].map((one) => text(one) ?? '?').join(',') : '';
  const action = actions[named];
  if (address === undefined || action === undefined)
    throw new Fault(
      'invalid-input',
      address === undefined
        ? `${at.path} is not a plan: a resource change has no address.`
        : `${at.path}: what the plan does to ${address} (${JSON.stringify(named.slice(0, 40))}) is not known here.`,
      { at: `${at.path}:${at.line}:${at.column}`, advice: 'Give the output of `terraform show -json PLAN`.' },
    );
  const deposed = text(row['deposed']);
  const previous = text(row['previous_address']);
  const [before, after] = [object(change['before']), object(change['after'])];
  return {
    kind: 'resource',
    name: deposed === undefined ? address : `${address} (deposed ${deposed})`,
    address,
    type: text(row['type']) ?? '',
    isData: row['mode'] === 'data',
    isDeposed: deposed !== undefined,
    isImported: isPlanObject(change['importing']),
    action,
    createsFirst: named.startsWith('create,'),
    reason: text(row['action_reason']) ?? '',
    previousAddress: previous === address ? undefined : previous,
    before,
    after,
    replacedBy: replacePaths(change['replace_paths']),
    attributes:
      action === 'update' || action === 'replace'
        ? attributeChanges({
            before,
            after,
            unknown: change['after_unknown'],
            hidden: [change['before_sensitive'], change['after_sensitive']],
          })
        : [],
    at,
  };
}

const replacePaths = (paths: PlanValue | undefined): readonly string[] =>
  isPlanList(paths)
    ? [
        ...new Set(
          paths.map((path) => (isPlanList(path) ? path.filter((part) => typeof part === 'string').join('.') : '')),
        ),
      ]
    : [];
