import { resolve } from 'node:path';

import { Fault } from '../model/fault.ts';
import { PolicyFile } from '../model/policy.ts';
import { readYaml } from './change-file.ts';
import type { Given } from './given.ts';

/** A file of policies, YAML or JSON. Faults: `not-found`, `invalid-input` with what is wrong. */
export async function readPolicyFile(given: Pick<Given, 'cwd' | 'read' | 'secret'>, path: string): Promise<PolicyFile> {
  const parsed = PolicyFile.safeParse(await readYaml(given, resolve(given.cwd, path)));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.map(String).join('.') ?? '';
  throw new Fault(
    'invalid-input',
    `${path}: ${where ? `${where}: ` : ''}${issue?.message ?? 'it holds no policies'}.`,
    {
      at: where || path,
      advice: 'See `recourse policy --help` for a whole file.',
    },
  );
}
