/** What can be told of a Go template without running it: it is read line by line. */
import type { Position } from '../manifest.ts';
import type { ChartFile } from './chart-file.ts';

/** Where the first match of a pattern stands, or undefined. */
export function placeOf({ path, text }: ChartFile, pattern: RegExp): Position | undefined {
  const found = pattern.exec(text);
  if (!found) return undefined;
  const before = text.slice(0, found.index);
  return { path, line: before.split('\n').length, column: found.index - before.lastIndexOf('\n') };
}

export const isIn = (file: ChartFile | undefined, pattern: RegExp): boolean =>
  file !== undefined && pattern.test(file.text);

interface Block {
  readonly text: string;
  readonly line: number;
}

/** The indented lines under each line that matches, without comments and blanks. */
function blocksUnder(text: string, head: RegExp): readonly Block[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if (!head.test(line)) return [];
    const indent = indentOf(line);
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((one) => one.trim() !== '' && !/^\s*\{\{/.test(one) && indentOf(one) <= indent);
    const block = rest.slice(0, end < 0 ? rest.length : end);
    const kept = block.map((one) => one.trim()).filter((one) => one !== '' && !one.startsWith('#'));
    return [{ text: kept.join('\n'), line: index + 1 }];
  });
}

const indentOf = (line: string): number => /^\s*(?:- )?/.exec(line)?.[0].length ?? 0;

/** The block of `after` that took the place of one of `before`, where nothing was only added or taken away. */
export function changedBlock(before: string, after: string, head: RegExp): Block | undefined {
  const [then, now] = [blocksUnder(before, head), blocksUnder(after, head)];
  if (then.length === 0 || then.length !== now.length) return undefined;
  return now.find((block, index) => block.text !== then[index]?.text);
}

/** The text with only the documents of these kinds in it: the others are blanked, so that positions hold. */
export const onlyKinds = (text: string, kinds: RegExp): string =>
  text
    .split(/^(?=---)/m)
    .map((document) => (kinds.test(document) ? document : document.replace(/[^\n]/g, '')))
    .join('');

/** Apart from comments, and from space at the ends of lines. */
export const isSameText = (a: ChartFile, b: ChartFile): boolean => bare(a.text) === bare(b.text);
const bare = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !/^\s*#/.test(line))
    .join('\n');
