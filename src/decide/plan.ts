/**
 * The plan is what an approval binds: per step its resource, its class and the operations that would undo it. It is
 * made from declarations alone, so the same proposal has the same plan on every machine.
 */
import type { PlannedStep } from '../model/fact.ts';
import type { ResourceId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { AnyOperation } from '../model/operation.ts';
import { type Reversibility, type ReversibilityClass, reversibilityClasses } from '../model/reversibility.ts';
import type { Step } from '../model/step.ts';

type AnyReversibility = Reversibility<never>;

/** @param before the pre-change state, once it is known: the class may be worse then */
export function plannedStep(
  step: Step,
  operation: AnyOperation,
  params: Json,
  connection: string,
  before?: Json,
): PlannedStep {
  const promised = operation.reversibility(params, before);
  const resource = resourceOf(operation, params, connection);
  return {
    step: step.id,
    class: promised.class,
    because: promised.because,
    known: promised.known,
    undoneBy: 'undoneBy' in promised ? promised.undoneBy : [],
    ...(resource && { resource }),
    ...('window' in promised && { window: promised.window }),
    ...insteadOf(promised),
  };
}

/** A wait changes nothing, so there is nothing to undo. */
export const plannedWait = (step: Step): PlannedStep => ({
  step: step.id,
  class: 'fully-reversible',
  because: 'a wait changes nothing',
  known: 'rule',
  undoneBy: [],
});

const resourceOf = (operation: AnyOperation, params: Json, connection: string): ResourceId =>
  `${connection}/${operation.resource(params)}` as ResourceId;

const insteadOf = (promised: AnyReversibility): { instead?: string } =>
  'instead' in promised
    ? { instead: promised.instead }
    : 'restoreFrom' in promised
      ? { instead: promised.restoreFrom }
      : 'repair' in promised
        ? { instead: promised.repair }
        : {};

/** A change is as reversible as its worst step. */
export const worstClass = (classes: readonly ReversibilityClass[]): ReversibilityClass =>
  reversibilityClasses[Math.max(0, ...classes.map(rankOf))] ?? 'fully-reversible';

/** 0 is best. */
export const rankOf = (of: ReversibilityClass): number => reversibilityClasses.indexOf(of);
