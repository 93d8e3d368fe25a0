import { Fault } from '../../model/fault.ts';

/** Characters; hand-written files are a hundredth of it. */
const longest = 1024 * 1024;
/** Nested templates cost hundreds of times their length in memory. */
const deepest = 100;

/** Faults: `invalid-input` for a text that would cost too much to parse. */
export function refuseTooLarge(text: string, path: string): void {
  if (text.length > longest)
    throw new Fault('invalid-input', `${path} is longer than ${longest / 1024} KiB, and is not read.`, {
      at: `${path}:1:1`,
      advice: 'Split the file; one that was generated can be left out.',
    });
  let [depth, line, lineStart] = [0, 1, 0];
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if (character === 10) [line, lineStart] = [line + 1, i + 1];
    else if (character === 0x7b || character === 0x5b || character === 0x28) depth++;
    else if (character === 0x7d || character === 0x5d || character === 0x29) depth = Math.max(0, depth - 1);
    if (depth > deepest)
      throw new Fault('invalid-input', `${path} is nested deeper than ${deepest} levels, and is not read.`, {
        at: `${path}:${line}:${i - lineStart + 1}`,
        advice: 'Take the expression apart with local values.',
      });
  }
}
