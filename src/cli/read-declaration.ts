import { z } from 'zod';

import { Declared } from '../model/change.ts';
import { Fault } from '../model/fault.ts';
import { readYaml } from './change-file.ts';
import type { Given } from './given.ts';

/** A change file, or only what its author promises; other fields are the change's and are not asked about here. */
const Declaration = z.object({
  id: z.exactOptional(z.string()),
  environment: z.exactOptional(z.string()),
  declared: Declared,
});
type Declaration = z.infer<typeof Declaration>;

/** Faults: `not-found`, `invalid-input` with the field. */
export async function readDeclaration(given: Given, path: string): Promise<Partial<Declaration>> {
  const parsed = Declaration.safeParse(await readYaml(given, path));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.map(String).join('.') ?? '';
  throw new Fault('invalid-input', `${path}: ${where ? `${where}: ` : ''}${issue?.message ?? 'it declares nothing'}.`, {
    at: where || path,
    advice: 'Write `declared: { class, window, method, irreversibleEffects, verification }`.',
  });
}
