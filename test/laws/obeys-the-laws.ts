import { describe, test } from 'vitest';

import type { AnyOperation } from '#src/model/operation.ts';
import type { Operation } from '#src/model/operation.ts';

import { acting } from './acting.ts';
import { inTurn } from './in-turn.ts';
import type { Law } from './law.ts';
import { minding } from './minding.ts';
import { CannotBeTried } from './stage.ts';
import type { Subject } from './stage.ts';
import { undoing } from './undoing.ts';
import type { MakeWorld } from './world.ts';

const laws = { ...acting, ...undoing, ...minding };
export type LawName = keyof typeof laws;
const judged: Readonly<Record<LawName, Law>> = laws;
export const lawNames = Object.keys(laws) as readonly LawName[];

interface Where<Params, Client> {
  readonly world: MakeWorld<Params, Client>;
  /** Operations that its inverse names, beside itself. */
  readonly knows?: readonly AnyOperation[];
  /** What is special about this world, for the title. */
  readonly when?: string;
}

/** Registers one test per law. */
export function obeysTheLaws<Params, State, Result, Client>(
  operation: Operation<Params, State, Result, Client>,
  where: Where<Params, Client>,
): void {
  const subject = subjectOf(operation, where);
  describe(`${operation.name}${where.when ? `, ${where.when},` : ''} obeys the laws`, () => {
    test.for(lawNames)('%s', async (name, { skip, expect }) => {
      const outcome = await judged[name](subject).then(
        () => 'holds',
        (error: unknown) => (error instanceof CannotBeTried ? error : Promise.reject(error)),
      );
      if (outcome instanceof CannotBeTried) skip(`skipped: ${outcome.message}`);
      expect(outcome).toBe('holds');
    });
  });
}

/** Judges an operation in process, by all laws or by some; answers those that it breaks. */
export async function brokenLaws<Params, State, Result, Client>(
  operation: Operation<Params, State, Result, Client>,
  where: Where<Params, Client>,
  by: readonly LawName[] = lawNames,
): Promise<readonly LawName[]> {
  const subject = subjectOf(operation, where);
  const broken = await inTurn(by, async (name) => {
    try {
      await judged[name](subject);
      return [];
    } catch (error) {
      return error instanceof CannotBeTried ? [] : [name];
    }
  });
  return broken.flat();
}

const subjectOf = <Params, State, Result, Client>(
  operation: Operation<Params, State, Result, Client>,
  { world, knows = [] }: Where<Params, Client>,
): Subject => ({
  operation: operation as unknown as AnyOperation,
  knows,
  makeWorld: world as unknown as Subject['makeWorld'],
});
