import { invalid } from './act.ts';

/** A whole number between two others. Faults: `invalid-input`. */
export function whole(text: string, least: number, most: number, option: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most)
    throw invalid(`${option} takes a whole number from ${least} to ${most}, not ${text}.`);
  return number;
}
