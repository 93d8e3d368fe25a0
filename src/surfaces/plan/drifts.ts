import type { Drift } from './plan-file.ts';
import { isUnset } from './plan-value.ts';
import type { PlannedChange } from './planned-change.ts';

/** More than these are not remembered. */
const most = 20_000;

/**
 * What was changed outside of Terraform, until it is known what the plan does to it. A provider also fills in what it
 * alone decides; only what the plan sets back, or what is gone, can be somebody's repair.
 */
export class Drifts {
  readonly #byAddress = new Map<string, Drift>();

  add({ address, name, action, attributes, isData, at }: PlannedChange): void {
    const paths = attributes
      .filter(({ before, after }) => !(isUnset(before) && isUnset(after)))
      .map(({ path }) => topOf(path));
    const isDeleted = action === 'delete';
    if (isData || (paths.length === 0 && !isDeleted) || this.#byAddress.size >= most) return;
    this.#byAddress.set(address, { kind: 'drift', name, address, isDeleted, attributes: [...new Set(paths)], at });
  }

  isLost(address: string): boolean {
    return this.#byAddress.get(address)?.isDeleted ?? false;
  }

  /** The drift that this change undoes. */
  undoneBy({ address, action, attributes }: PlannedChange): Drift | undefined {
    const drift = this.#byAddress.get(address);
    if (!drift) return undefined;
    const changed = new Set(attributes.filter(({ isUnknown }) => !isUnknown).map(({ path }) => topOf(path)));
    const undone = drift.attributes.filter((name) => changed.has(name));
    const isUndone = drift.isDeleted ? action === 'create' : undone.length > 0;
    return isUndone ? { ...drift, attributes: undone } : undefined;
  }

  /** Of a plan that only refreshes: nothing is set back yet. */
  all(): Iterable<Drift> {
    return this.#byAddress.values();
  }
}

const topOf = (path: string): string => path.split('.')[0] ?? path;
