import type { Json } from '../../model/json.ts';
import { isObject } from '../../model/same.ts';
import { asFields, asList, asText } from '../manifest.ts';
import { yamlPosition, type Step } from '../yaml-position.ts';
import { yamlDocuments, type YamlReader } from '../yaml-stream.ts';
import type { Clause, Policy } from './artifact.ts';

const most = 20_000;
const listOf = (value: Json | undefined): readonly string[] =>
  Array.isArray(value)
    ? asList(value).flatMap((one) => asText(one) ?? [])
    : value === undefined
      ? []
      : [asText(value) ?? JSON.stringify(value)];

/** An IAM policy document as a policy: every statement taken apart, so that two of them can be compared. */
export function policiesInIam(reader: YamlReader, text: string, path: string): readonly Policy[] {
  const [document] = yamlDocuments(text);
  const value = document && reader.valueOf(document, path);
  if (!document || !isObject(value)) return [];
  const at = (...steps: readonly Step[]) => ({ path, ...yamlPosition(reader, document, steps) });
  const statements = Array.isArray(value['Statement']) ? asList(value['Statement']) : [value['Statement'] ?? null];
  const clauses = statements.flatMap((statement, index): readonly Clause[] => {
    const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } =
      asFields(statement);
    const scope = JSON.stringify([NotResource ?? null, Principal ?? null, NotPrincipal ?? null, Condition ?? null]);
    const actions = NotAction === undefined ? listOf(Action) : listOf(NotAction).map((one) => `everything but ${one}`);
    const resources = Resource === undefined ? ['*'] : listOf(Resource);
    if (actions.length * resources.length > most) return [];
    const steps: readonly Step[] = Array.isArray(value['Statement']) ? ['Statement', index] : ['Statement'];
    return actions.flatMap((action) =>
      resources.map((resource) => ({
        name: `${action} on ${resource}${Condition === undefined ? '' : ' under a condition'}`,
        text: scope,
        refuses: asText(Effect) === 'Deny',
        at: () => at(...steps),
      })),
    );
  });
  return [
    {
      title: path,
      is: 'access' as const,
      enforcement: undefined,
      failsClosed: undefined,
      clauses,
      at: () => at('Statement'),
    },
  ];
}

/** Whether a clause is already said by another with wildcards. */
export const isSaidBy = (clause: Clause, others: readonly Clause[]): boolean =>
  others.some(
    (other) => other.refuses === clause.refuses && other.text === clause.text && matches(other.name, clause.name),
  );

function matches(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern.toLowerCase() === name.toLowerCase();
  const parts = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const found = index === parts.length - 1 && part !== '' ? text.lastIndexOf(part) : text.indexOf(part, at);
    if (found < at || (index === 0 && found !== 0)) return false;
    at = found + part.length;
  }
  return parts.at(-1) === '' || at === text.length;
}
