/**
 * A change is a controlled transition of production from one state to another: what its author proposes, step by
 * step. A recovery is a change too. It says which change it recovers and by which transition, and goes through the
 * same gate, approval, run, verification and evidence.
 */
import { z } from 'zod';

import { Artifact } from './artifact.ts';
import { DeclaredWindow } from './declared-window.ts';
import { ChangeId, Seconds } from './ids.ts';
import { ReversibilityClass } from './reversibility.ts';
import { Step } from './step.ts';

/** The seven ways out. */
export const Transition = z.enum(['rollback', 'rollforward', 'pause', 'repair', 'import', 'compensate', 'contain']);
export type Transition = z.infer<typeof Transition>;

/** What the author promises about the way back, before production. */
export const Declared = z
  .object({
    class: ReversibilityClass,
    window: z.exactOptional(DeclaredWindow),
    method: z.string(),
    irreversibleEffects: z.array(z.string()).readonly(),
    verification: z.array(z.string()).readonly(),
    /** What would make undoing it unsafe. */
    unsafeWhen: z.exactOptional(z.string()),
    /** The metric that asks for it, as people write it: `error-rate > 1%`. */
    trigger: z.exactOptional(z.string()),
    /** Who approves undoing it. */
    approver: z.exactOptional(z.string()),
    /** How long undoing it takes: `15m`. */
    takes: z.exactOptional(z.string()),
  })
  .readonly();
export type Declared = z.infer<typeof Declared>;

export const Change = z
  .object({
    id: ChangeId,
    title: z.string().min(1).max(200),
    environment: z.string().min(1).max(60),
    steps: z.tuple([Step], Step).readonly(),
    declared: z.exactOptional(Declared),
    artifacts: z.exactOptional(z.array(Artifact).readonly()),
    recovers: z.exactOptional(z.object({ change: ChangeId, by: Transition }).readonly()),
    /** A change proposed to bridge what is left after another one: linked, but no recovery of it. */
    follows: z.exactOptional(ChangeId),
    /** The irreversible end of a two-phase change is a change of its own. */
    finishes: z.exactOptional(ChangeId),
    /** One child per host: the parent owns approval, canary and waves. */
    partOf: z.exactOptional(ChangeId),
    /** Undoes itself unless somebody who still has access confirms within so many seconds. */
    confirmWithin: z.exactOptional(Seconds),
  })
  .readonly();
export type Change = z.infer<typeof Change>;
