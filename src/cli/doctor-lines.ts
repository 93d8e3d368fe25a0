import { Fault } from '../model/fault.ts';
import type { DoctorLine } from './given.ts';

/** One thing to look at: what was seen reassures, a fault does not, and an answer says it itself. */
export interface Look {
  readonly what: string;
  look(): Promise<string | Pick<DoctorLine, 'answer' | 'seen'>>;
  /** Without it the rest cannot be looked at. */
  readonly isNeeded?: boolean;
}

export async function doctorLines(looks: readonly Look[]): Promise<readonly DoctorLine[]> {
  const lines: DoctorLine[] = [];
  for (const { what, look, isNeeded } of looks) {
    // oxlint-disable-next-line no-await-in-loop -- the next one may need it
    const line = await look().then(
      (seen) => ({ what, ...(typeof seen === 'string' ? { answer: 'yes' as const, seen } : seen) }),
      (error: unknown) => ({ what, answer: 'no' as const, seen: Fault.from(error).message }),
    );
    lines.push(line);
    if (isNeeded && line.answer !== 'yes') break;
  }
  return lines;
}
