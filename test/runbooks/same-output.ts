/**
 * Whether a command printed what its page says. Some of what is printed differs from run to run; what that is stands in
 * one table, and everything else must be the same to the letter.
 */

/** What differs from run to run. */
const varying = {
  /** Another one every time, and the same one wherever it comes again. */
  bound: {
    change: /\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b/,
    hash: /\bsha256:[0-9a-f]{64}\b/,
    key: /\bSHA256:[A-Za-z0-9+/]{43}/,
    fingerprint: /•••••• [0-9a-f]{4}\b/,
    commit: /\b[0-9a-f]{40}\b/,
    inode: /\b\d+:\d{4,}\b/,
    number: /\b\d{5,}\b/,
  },
  /** Another one every time. */
  free: {
    time: /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\b/,
  },
} as const;

const kinds = { ...varying.free, ...varying.bound };
const anyKind = new RegExp(
  Object.entries(kinds)
    .map(([kind, { source }]) => `(?<${kind}>${source})`)
    .join('|'),
  'g',
);
const isFree = (kind: string): boolean => kind in varying.free;

/** Which value of this run stands for which value of the page. */
export type Bindings = ReadonlyMap<string, string>;

const leftOut = '…';

/**
 * @param bound what earlier commands of the page have bound
 * @returns the bindings after it, or what is not the same
 */
export function sameOutput(
  says: readonly string[],
  prints: readonly string[],
  bound: Bindings,
): Bindings | { readonly differs: string } {
  const at = says.indexOf(leftOut);
  if (at === -1) return says.length === prints.length ? sameLines(says, prints, bound) : otherLength(says, prints);
  const head = sameLines(says.slice(0, at), prints.slice(0, at), bound);
  if ('differs' in head) return head;
  const rest = says.slice(at + 1);
  let nearest: { readonly differs: string } = otherLength(says, prints);
  for (let from = prints.length - rest.length; from >= at; from -= 1) {
    const tail = sameOutput(rest, prints.slice(from), head);
    if (!('differs' in tail)) return tail;
    nearest = tail;
    if (!rest.includes(leftOut)) break; // it must be the end
  }
  return nearest;
}

const otherLength = (says: readonly string[], prints: readonly string[]) => {
  const shorter = Math.min(says.length, prints.length);
  return {
    differs:
      says.length > prints.length
        ? `it does not print: ${says[shorter] ?? ''}`
        : `it prints more: ${prints[shorter] ?? ''}`,
  };
};

function sameLines(
  says: readonly string[],
  prints: readonly string[],
  bound: Bindings,
): Bindings | { readonly differs: string } {
  const next = new Map(bound);
  for (const [i, line] of says.entries()) {
    const printed = prints[i];
    if (printed === undefined) return { differs: `it does not print: ${line}` };
    if (!isSameLine(line, printed, next)) return { differs: `it should print: ${line}\nit prints:       ${printed}` };
  }
  return next;
}

interface Part {
  readonly kind: string;
  readonly text: string;
}

function isSameLine(says: string, prints: string, bound: Map<string, string>): boolean {
  const [expected, actual] = [partsOf(says), partsOf(prints)];
  return (
    expected.length === actual.length &&
    expected.every(({ kind, text }, i) => {
      const other = actual[i];
      if (other?.kind !== kind) return false;
      if (isFree(kind)) return true;
      return kind === 'words' ? text === other.text : isBound(kind, text, other.text, bound);
    })
  );
}

/** One value of the page for one value of this run, both ways. */
function isBound(kind: string, says: string, prints: string, bound: Map<string, string>): boolean {
  const [there, back] = [`${kind} page ${says}`, `${kind} run ${prints}`];
  const [known, knownBack] = [bound.get(there), bound.get(back)];
  if (known === undefined && knownBack === undefined) {
    bound.set(there, prints).set(back, says);
    return true;
  }
  return known === prints && knownBack === says;
}

/** Words, and between them what differs from run to run. Columns are as wide as what stands in them. */
function partsOf(line: string): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of line.matchAll(anyKind)) {
    const [kind = ''] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? [];
    parts.push({ kind: 'words', text: line.slice(end, match.index) }, { kind, text: match[0] });
    end = match.index + match[0].length;
  }
  return [...parts, { kind: 'words', text: line.slice(end) }].map(({ kind, text }) => ({
    kind,
    text: kind === 'words' ? text.replaceAll(/ {2,}/g, '  ') : text,
  }));
}

/** A line of this run with the values that the page has for them. */
export const asOnPage = (line: string, bound: Bindings): string =>
  partsOf(line).reduce(
    (text, part) => text.replace(part.text, bound.get(`${part.kind} run ${part.text}`) ?? part.text),
    line,
  );
