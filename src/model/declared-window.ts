/**
 * A rollback window as people write it: `24h`, `until-contract-phase`, `2h unless compromise suspected`, `before old
 * resource deletion`, `7d with regression test`. A duration counts from the moment the change is applied.
 */
import { z } from 'zod';

import type { Seconds } from './ids.ts';
import { RollbackWindow } from './reversibility.ts';

const shape =
  /^(?:(?<lasts>[1-9][0-9]*\s?[smhd])\b)?\s*(?:(?:before|until)[\s-]+(?<before>.+?))?\s*(?:\bunless\s+(?<unless>.+?))?\s*(?:\bwith\s+(?<given>.+))?$/i;

const WindowWords = z.string().transform((words, context): RollbackWindow => {
  const found = words.trim() === '' ? undefined : shape.exec(words.trim())?.groups;
  if (found && Object.values(found).some(Boolean)) {
    const { lasts, before, unless, given } = found;
    return {
      ...(lasts !== undefined && { lasts: secondsIn(lasts) }),
      ...(before !== undefined && { before: before.replaceAll('-', ' ') }),
      ...(unless !== undefined && { unless }),
      ...(given !== undefined && { given }),
    };
  }
  context.addIssue({
    code: 'custom',
    message: 'write it like 24h, until-contract-phase, 2h unless compromise suspected, before old resource deletion',
  });
  return z.NEVER;
});

const units = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
const secondsIn = (duration: string): Seconds =>
  (Number.parseInt(duration, 10) * units[(duration.at(-1) ?? 's').toLowerCase() as keyof typeof units]) as Seconds;

/** In words or in fields. */
export const DeclaredWindow = z.union([RollbackWindow, WindowWords]);
