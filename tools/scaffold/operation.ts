import { camelCase, sentenceCase } from '../names.ts';
import { systemFile } from './system.ts';

/** `aws-iam.tag-user` → the operation, its test, and its system where there is none yet. */
export function operationFiles(system: string, verb: string): Readonly<Record<string, string>> {
  const name = `${system}.${verb}`;
  const it = camelCase(verb);
  return {
    ...systemFile(system),
    [`src/operations/${system}/${verb}.ts`]: `
import { z } from 'zod';

import { Fault } from '../../model/fault.ts';
import type { Invocation } from '../../model/invocation.ts';
import { operation } from '../../model/operation.ts';
import { ${camelCase(system)} } from '../../systems/${system}.ts';

/**
 * What it changes, what its inverse sets again, and what nothing brings back.
 */
export const ${it} = operation({
  name: '${name}',
  title: '${sentenceCase(verb)}',
  summary: 'One sentence for a list.',
  system: ${camelCase(system)},
  params: z.object({ name: z.string(), value: z.string() }).strict(),
  state: z.object({ value: z.string() }), // exactly what must be restored
  result: z.object({}),
  examples: [{ name: 'example', value: 'new' }],
  permissions: { apply: ['the permission that the call needs'], inverse: ['the permission that its inverse needs'] },
  resource: ({ name }) => \`${system}:\${name}\`,
  reversibility: () => ({
    class: 'fully-reversible',
    because: 'the previous value is recorded and can be set again',
    known: 'rule',
    undoneBy: ['${name}'],
    inverse: ({ params, before }): [Invocation] => [${it}.with({ name: params.name, value: before.state.value })],
  }),
  observe: async () => {
    throw new Fault('bug', '${name} does not say yet how it is observed');
  },
  apply: async () => {
    throw new Fault('bug', '${name} does not say yet how it is applied');
  },
  settle: ({ value }, before, now) => {
    if (now.state.value === value) return { as: 'applied', result: {} };
    if (now.state.value === before.state.value) return { as: 'untouched' };
    return { as: 'foreign', because: \`the value is \${now.state.value}\` };
  },
  verify: ({ params, after }) =>
    after.state.value === params.value
      ? []
      : [{ rule: '${system}/value-not-set', message: \`the value is \${after.state.value}\`, known: 'observed' }],
});
`,
    [`test/operations/${system}/${verb}.test.ts`]: `
import { ${it} } from '#src/operations/${system}/${verb}.ts';

import { obeysTheLaws } from '../../laws/obeys-the-laws.ts';

obeysTheLaws(${it}, {
  world: async () => {
    throw new Error('Say where ${name} can be run for real: a World, see test/laws/world.ts.');
  },
});
`,
  };
}
