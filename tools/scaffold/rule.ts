import { existsSync } from 'node:fs';

import { camelCase, sentenceCase } from '../names.ts';
import { root } from '../tree.ts';

/** `helm/hook-fails` → the rule, and its surface where there is none yet. Its examples are its test. */
export function ruleFiles(surface: string, problem: string): Readonly<Record<string, string>> {
  const id = `${surface}/${problem}`;
  const it = camelCase(problem);
  return {
    ...surfaceFile(surface),
    [`src/surfaces/${surface}/${problem}.ts`]: `
import type { Rule } from '../../model/surface.ts';
import type { Artifact } from './artifact.ts';

export const ${it}: Rule<Artifact> = {
  id: '${id}',
  problem: 'What is wrong, in one sentence.',
  instead: 'What to write instead.',
  source: 'https://example.org/the-documentation-it-rests-on',
  examples: { matches: ['a text in which it is found'], passes: ['a text in which it is not'] },
  *find() {
    // yield one finding for each place: { message, at }
  },
};
`,
  };
}

function surfaceFile(surface: string): Readonly<Record<string, string>> {
  if (existsSync(`${root}src/surfaces/${surface}/index.ts`)) return {};
  return {
    [`src/surfaces/${surface}/artifact.ts`]: `
/** What is parsed from the text of one file, with the positions that findings name. */
export interface Artifact {
  readonly text: string;
}
`,
    [`src/surfaces/${surface}/index.ts`]: `
import type { Surface } from '../../model/surface.ts';
import { readEach } from '../read-each.ts';
import type { Artifact } from './artifact.ts';
import { rules } from './registry.ts';

export const ${camelCase(surface)}: Surface<Artifact> = {
  name: '${surface}',
  summary: '${sentenceCase(surface)}: what such a file is.',
  wayBack: 'How a change of it is usually undone.',
  mainRisk: 'What most often goes wrong then.',
  examplePath: 'example.${surface}',
  recognises: (path) => path.endsWith('.${surface}'),
  // a fault with the position when it cannot be read: it never guesses
  read: (files) => readEach(files, (text) => ({ text })),
  rules: Object.values(rules),
};
`,
  };
}
