import type { Clause, Policy } from './artifact.ts';

const packageName = /^[ \t]*package[ \t]+([\w.[\]"-]+)/m;
/** A rule begins in the first column with its name; what follows, up to the next such line, is its body. */
const head = /^(?:default[ \t]+)?([a-z_]\w*)\b(?!\s*\()/;
const refusals = /^(?:deny|violation|reject|warn|block|fail)/;
const permissions = /^(?:allow|permit|exception|exempt|skip|whitelist|allowlist)/;
const notARule = new Set(['package', 'import', 'else', 'not', 'some', 'every', 'with']);

interface Block {
  readonly name: string;
  readonly line: number;
  readonly text: string;
}

/** A Rego file as a policy: its rules that refuse, and those that let through. Comments and blanks do not count. */
export function policyInRego(text: string, path: string): Policy {
  const count = new Map<string, number>();
  const clauses = blocksOf(text).flatMap(({ name, line, text: body }): readonly Clause[] => {
    const number = (count.get(name) ?? 0) + 1;
    count.set(name, number);
    const refuses = refusals.test(name);
    if (!refuses && !permissions.test(name)) return [];
    return [
      {
        name: `${name} ${number}`,
        text: body,
        refuses: name.startsWith('allow') && /:?=\s*false/.test(body.split('\n')[0] ?? '') ? true : refuses,
        at: () => ({ path, line, column: 1 }),
      },
    ];
  });
  const found = packageName.exec(text);
  const line = found ? text.slice(0, found.index).split('\n').length : 1;
  return {
    title: `package ${found?.[1] ?? path}`,
    is: 'logic',
    enforcement: undefined,
    failsClosed: undefined,
    clauses,
    at: () => ({ path, line, column: 1 }),
  };
}

function blocksOf(text: string): readonly Block[] {
  const blocks: { name: string; line: number; lines: string[] }[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/(^|\s)#.*$/, '').trimEnd();
    const name = head.exec(line)?.[1];
    if (name !== undefined && !notARule.has(name)) blocks.push({ name, line: index + 1, lines: [] });
    if (line !== '') blocks.at(-1)?.lines.push(line.trim());
  }
  return blocks.map(({ name, line, lines }) => ({ name, line, text: lines.join('\n') }));
}
