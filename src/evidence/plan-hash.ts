import type { Change } from '../model/change.ts';
import type { PlannedStep } from '../model/fact.ts';
import type { Hash } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { canonical } from './canonical.ts';
import { digest } from './digest.ts';

/**
 * What an approval binds: the change, and per step its resource, its class and the operations that would undo it. The
 * reasons given for a class are left out, so that other words for it do not void an approval.
 * Faults: `invalid-input` when the change cannot be written as canonical JSON.
 */
export function planHash(change: Change, steps: readonly PlannedStep[]): Hash {
  const bound = steps.map((planned) => ({
    step: planned.step,
    class: planned.class,
    undoneBy: planned.undoneBy,
    ...(planned.resource !== undefined && { resource: planned.resource }),
  }));
  return digest(canonical({ change: change as unknown as Json, steps: bound }));
}
