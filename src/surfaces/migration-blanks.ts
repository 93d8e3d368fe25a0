/**
 * What psql and template languages put between the SQL, cut out so that a parser of SQL can read the rest: meta
 * commands, rows after COPY, variables, templates. Every character keeps its line and column.
 */
export function withoutTemplates(text: string): string {
  if (!mayHold.test(text)) return text;
  const pieces: string[] = [];
  let done = 0;
  const replace = (start: number, end: number, by: string): void => {
    pieces.push(text.slice(done, start), by);
    done = end;
  };
  token.lastIndex = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const { meta, variable, template, copy, dollar } = found.groups ?? {};
    const end = found.index + found[0].length;
    if (dollar !== undefined) {
      const close = text.indexOf(dollar, end);
      token.lastIndex = close < 0 ? text.length : close + dollar.length;
    } else if (meta !== undefined) replace(end - meta.length, end, blank(meta));
    else if (variable !== undefined) replace(end - variable.length, end, ` ${variable.slice(1)}`);
    else if (template !== undefined)
      replace(found.index, end, standsAlone(text, found.index, end) ? blank(template) : name(template));
    else if (copy !== undefined) {
      const close = endOfRows(text, end);
      replace(end, close, blank(text.slice(end, close)));
      token.lastIndex = close;
    }
  }
  pieces.push(text.slice(done));
  return pieces.join('');
}

const mayHold = /^\s*\\|\{\{|\$\{|<%|\bstdin\b|(?<![:\w\]]):["'A-Za-z_]/im;

/** Comments, strings and quoted names are passed over. */
const token = new RegExp(
  [
    String.raw`--[^\n]*`,
    String.raw`/\*[\s\S]*?(?:\*/|$)`,
    String.raw`'(?:[^']|'')*(?:'|$)`,
    String.raw`(?<template>\{\{[\s\S]*?\}\}|\$\{[^}\n]*\}|<%[\s\S]*?%>)`,
    String.raw`(?<dollar>\$(?:[A-Za-z_]\w*)?\$)`,
    String.raw`(?<variable>(?<![:\w\]]):(?:'\w+'|"\w+"|[A-Za-z_]\w*))`,
    String.raw`"(?:[^"]|"")*(?:"|$)`,
    String.raw`(?<copy>\bcopy\b[^;']*?\bfrom\s+stdin\b[^;]*;[^\n]*)`,
    String.raw`(?:^|\n)[ \t]*(?<meta>\\[^\n]*)`,
  ].join('|'),
  'gi',
);

/** Blanks as long, with its line ends. */
export const blank = (text: string): string => text.replaceAll(/[^\r\n]/g, ' ');
/** A name as long, where SQL needs one. */
const name = (template: string): string =>
  blank(template).replace(/^ +/, (first) => `t${'_'.repeat(first.length - 1)}`);

function standsAlone(text: string, start: number, end: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const next = text.indexOf('\n', end);
  return before.trim() === '' && text.slice(end, next < 0 ? undefined : next).trim() === '';
}

/** Rows after COPY end with a line that holds `\.` alone. */
function endOfRows(text: string, from: number): number {
  const close = /\n\\\.[ \t\r]*(?=\n|$)/g;
  close.lastIndex = from;
  return close.exec(text) ? close.lastIndex : from;
}
