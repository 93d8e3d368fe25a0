import { camelCase } from '../names.ts';
import { systemFile } from './system.ts';

/** `linux/file-exists` → the check, its test, and its system where there is none yet. */
export function checkFiles(system: string, question: string): Readonly<Record<string, string>> {
  const id = `${system}/${question}`;
  const it = camelCase(question);
  return {
    ...systemFile(system),
    [`src/checks/${system}/${question}.ts`]: `
import { z } from 'zod';

import { check } from '../../model/check.ts';
import { Fault } from '../../model/fault.ts';
import { ${camelCase(system)} } from '../../systems/${system}.ts';

export const ${it} = check({
  id: '${id}',
  system: ${camelCase(system)},
  asks: 'A question to which yes reassures?',
  because: 'what goes wrong when it is no',
  subject: z.object({ name: z.string() }).strict(),
  examples: [{ name: 'example' }],
  answer: async () => {
    throw new Fault('bug', '${id} does not say yet how it is answered');
  },
});
`,
    [`test/checks/${system}/${question}.test.ts`]: `
import { describe, expect, test } from 'vitest';

import { ${it} } from '#src/checks/${system}/${question}.ts';

describe(${it}.id, () => {
  test('says yes when it is so', () => expect.fail('make it so for real, ask, expect yes and what was seen'));
  test('says no when it is not', () => expect.fail('make it not so for real, ask, expect no and what was seen'));
  test('says unknown when it cannot know', () => expect.fail('take the permission away, ask, expect unknown'));
});
`,
  };
}
