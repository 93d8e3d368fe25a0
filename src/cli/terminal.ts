/** The terminal: two streams, a width, and whether colours are welcome (`NO_COLOR`, a pipe, `TERM=dumb`: they are not). */
import { stripVTControlCharacters, styleText } from 'node:util';

import stringWidth from 'string-width';

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  readonly columns: number;
  readonly isColourful: boolean;
  readonly isInteractive: boolean;
}

type Tone = 'good' | 'way-back' | 'person' | 'bad' | 'moving' | 'quiet' | 'strong' | 'plain';
const styles = {
  good: ['green'],
  'way-back': ['cyan'],
  person: ['yellow'],
  bad: ['red'],
  moving: ['blue'],
  quiet: ['dim'],
  strong: ['bold'],
  plain: [],
} as const satisfies Record<Tone, readonly string[]>;

/** Colours words for one terminal, or leaves them as they are. */
export const painter =
  ({ isColourful }: Terminal) =>
  (tone: Tone, words: string): string =>
    isColourful && styles[tone].length > 0 ? styleText([...styles[tone]], words, { validateStream: false }) : words;

/** A name from outside, made harmless: no control sequence of it reaches the terminal. */
export const harmless = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  stripVTControlCharacters(text).replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '·');

/** Rows with their columns aligned; the last column is left as long as it is. */
export function aligned(rows: readonly (readonly string[])[], gap = '  '): string {
  const widths = rows.reduce<number[]>((most, row) => {
    row.forEach((cell, i) => (most[i] = Math.max(most[i] ?? 0, stringWidth(cell))));
    return most;
  }, []);
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === row.length - 1 ? cell : cell + ' '.repeat((widths[i] ?? 0) - stringWidth(cell))))
        .join(gap)
        .trimEnd(),
    )
    .join('\n');
}
