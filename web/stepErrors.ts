/** What a step still needs before the server can be asked about it; everything else is the server's to say. */
import type { OperationView } from '../src/model/view.ts';
import type { DraftStep } from './draft.ts';
import { formSchema, nearestOption, waysOf } from './formSchema.ts';
import { formValidator } from './formValidator.ts';
import { fieldName } from './names.ts';

/** One sentence, or nothing. */
export function stepErrors(step: DraftStep, n: number, operation: OperationView | undefined): string | undefined {
  if (!operation) return undefined;
  const ways = waysOf(formSchema(operation.params));
  const way = ways[nearestOption(ways, step.params)] ?? {};
  const { errors } = formValidator.validateFormData(step.params as Record<string, unknown>, way);
  const fields = (missing: boolean) =>
    errors.filter(({ name }) => (name === 'required') === missing).map(({ property = '' }) => place(property));
  const [missing, wrong] = [fields(true), fields(false)];
  const list = (names: readonly string[]) => new Intl.ListFormat('en').format([...new Set(names)]);
  if (missing.length > 0) return `Step ${n} still needs ${list(missing)}.`;
  return wrong.length > 0 ? `Step ${n} cannot be read yet: look at ${list(wrong)}.` : undefined;
}

/** `.files.0.path` → `files 0 path`. */
const place = (property: string): string =>
  property
    .split('.')
    .filter(Boolean)
    .map((part) => fieldName(part).name.toLowerCase())
    .join(' ') || 'its params';
