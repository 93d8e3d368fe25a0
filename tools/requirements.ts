/**
 * `npm run requirements`: which test proves which sentence of docs/requirements.md, and which sentence has none yet.
 *
 * `--in H,C` looks at the sentences that these parts of the work bring, `--json` prints data. Exits 1 when a sentence
 * of a part that is done has no test, or a test names a sentence that does not exist.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { readTree } from './tree.ts';

/** The parts of the work (the column *in*) that are done: none of their sentences may be without a test. */
const doneParts = ['H'];

export interface Requirement {
  readonly id: string;
  readonly says: string;
  readonly parts: readonly string[];
}
export interface Proof {
  readonly id: string;
  readonly file: string;
  readonly title: string;
}

export const requirementsIn = (page: string): readonly Requirement[] =>
  [...page.matchAll(/^\| ([A-Z]\d+(?:\.\d+)?) \| (.+) \| ([A-Z](?:, [A-Z])*) \|$/gm)].map(
    ([, id = '', says = '', parts = '']) => ({ id, says, parts: parts.split(', ') }),
  );

/** A title is a string that begins with ids: `[R0.6] …`, `[R0.6, L2.1] …`, in a call that is neither skipped nor to do. */
export function proofsIn(file: string, text: string): readonly Proof[] {
  const title =
    /(\w[\w.]*)?\(\s*(['"`])((?:\[[A-Z]\d+(?:\.\d+)?(?:, [A-Z]\d+(?:\.\d+)?)*\] ?)+)((?:(?!\2)[^\\\n]|\\.)*)\2/g;
  return [...text.matchAll(title)]
    .filter(([, call = '']) => !/\b(skip|todo)\b/.test(call))
    .flatMap(([, , , ids = '', rest = '']) =>
      [...ids.matchAll(/[A-Z]\d+(?:\.\d+)?/g)].map(([id]) => ({ id, file, title: rest.trim() })),
    );
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { in: { type: 'string' }, json: { type: 'boolean', default: false } } });
  const parts = values.in?.split(',') ?? doneParts;
  const all = requirementsIn(await readFile(new URL('../docs/requirements.md', import.meta.url), 'utf8'));
  const tests = await readTree('test/', /^test\/(?!tools\/).*\.tsx?$/);
  const proofs = [...tests].flatMap(([file, text]) => proofsIn(file, text));

  const due = all.filter((requirement) => requirement.parts.some((part) => parts.includes(part)));
  const proved = Map.groupBy(proofs, ({ id }) => id);
  const without = due.filter(({ id }) => !proved.has(id));
  const unknown = proofs.filter(({ id }) => !all.some((requirement) => requirement.id === id));

  if (values.json) {
    const listed = all.map((requirement) => ({ ...requirement, tests: proved.get(requirement.id) ?? [] }));
    console.log(JSON.stringify({ requirements: listed, without, unknown }, null, 2));
  } else {
    for (const { id } of all)
      for (const { file, title } of proved.get(id) ?? []) console.log(`${id.padEnd(6)} ${file}: ${title}`);
    for (const { id, says } of without) console.log(`${id.padEnd(6)} without a test: ${says}`);
    for (const { id, file, title } of unknown) console.log(`${id.padEnd(6)} is no requirement: ${file}: ${title}`);
    console.log(`${due.length - without.length} of ${due.length} sentences of ${parts.join(', ')} have a test`);
  }
  return without.length + unknown.length > 0 ? 1 : 0;
}

if (import.meta.main) process.exitCode = await main();
