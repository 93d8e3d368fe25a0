import { CannotBeTried, onStage } from './stage.ts';
import type { AppliedStep, Stage, Subject } from './stage.ts';
import type { Impossible } from './world.ts';

/** Throws where an operation does not obey; `CannotBeTried` where this world has no way to tell. */
export type Law = (subject: Subject) => Promise<unknown>;

export const inWorld =
  (law: (stage: Stage) => Promise<void>): Law =>
  (subject) =>
    onStage(subject, law);

export const inWorldWith =
  <Part extends 'edit' | 'swap' | 'deny'>(
    part: Part,
    law: (stage: Stage, way: Exclude<Stage['world'][Part], Impossible>) => Promise<void>,
  ): Law =>
  (subject) =>
    onStage(subject, async (stage) => {
      const way = stage.world[part];
      if ('why' in way) throw new CannotBeTried(way.why);
      await law(stage, way as Exclude<Stage['world'][Part], Impossible>);
    });

/** Runs the step first; for classes that promise no inverse there is nothing to judge. */
export const afterRun = (law: (stage: Stage, step: AppliedStep) => Promise<void>): Law =>
  inWorld(async (stage) => {
    const step = await stage.run();
    const promised = stage.operation.reversibility(stage.params, step.before.state);
    if (!promised.inverse) throw new CannotBeTried(`${promised.class}: there is no inverse`);
    await law(stage, step);
  });
