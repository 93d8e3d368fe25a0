import { existsSync } from 'node:fs';

import { camelCase, sentenceCase } from '../names.ts';
import { root } from '../tree.ts';

/** A system that is not there yet; nothing when it is. */
export function systemFile(system: string): Readonly<Record<string, string>> {
  const path = `src/systems/${system}.ts`;
  if (existsSync(root + path)) return {};
  const port = sentenceCase(camelCase(system));
  return {
    [path]: `
import { z } from 'zod';

import { Fault } from '../model/fault.ts';
import type { System } from '../model/system.ts';

/** What its operations ask of it. The library behind it is imported in \`connect\` and nowhere else. */
export interface ${port} {
  readonly principal: string;
}

export const ${camelCase(system)}: System<${port}> = {
  name: '${system}',
  title: '${sentenceCase(system)}',
  connection: z.object({ url: z.string() }).strict(),
  connect: async () => {
    throw new Fault('bug', '${system} does not say yet how it is reached');
  },
  probe: async ({ principal }) => ({ principal }),
};
`,
  };
}
