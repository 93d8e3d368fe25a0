/** What one statement of a policy lets one principal do with one resource, under its condition. */
export interface Grant {
  readonly action: string;
  readonly resource: string;
  readonly principal: string;
  readonly condition: string;
}

export interface Grants {
  readonly allowed: readonly Grant[];
  readonly denied: readonly Grant[];
}

/** More than these of one document are not compared. */
const most = 600;

/** The grants of a policy document of AWS; nothing where the text is none. */
export function grantsIn(text: unknown): Grants | undefined {
  if (typeof text !== 'string' || !text.includes('Statement')) return undefined;
  try {
    const document = JSON.parse(text) as unknown;
    if (!isObject(document) || document['Statement'] === undefined) return undefined;
    const statements = listOf(document['Statement']).filter(isObject);
    return {
      allowed: statements
        .filter(({ Effect }) => Effect === 'Allow')
        .flatMap(grantsOf)
        .slice(0, most),
      denied: statements
        .filter(({ Effect }) => Effect === 'Deny')
        .flatMap(grantsOf)
        .slice(0, most),
    };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What the second document grants and the first does not: what it allows more, and what it denies no longer. */
export const grantedMore = (from: Grants, to: Grants): readonly Grant[] => [
  ...notCovered(to.allowed, from.allowed),
  ...notCovered(from.denied, to.denied),
];

/** Only a grant with a wildcard or without a condition covers more than itself: most need one look into a set. */
function notCovered(grants: readonly Grant[], by: readonly Grant[]): readonly Grant[] {
  const same = new Set(
    by.flatMap((grant) => [keyOf(grant), ...(grant.condition === '' ? [unconditional(grant)] : [])]),
  );
  const wide = by.filter(({ action, resource, principal }) => /[*?]/.test(`${action}${resource}${principal}`));
  return grants.filter(
    (grant) =>
      !same.has(keyOf(grant)) && !same.has(unconditional(grant)) && !wide.some((other) => covers(other, grant)),
  );
}

const keyOf = (grant: Grant): string => `${unconditional(grant)}\n${grant.condition}`;
const unconditional = ({ action, resource, principal }: Grant): string => `${action}\n${resource}\n${principal}`;

function grantsOf(statement: Readonly<Record<string, unknown>>): readonly Grant[] {
  const condition = statement['Condition'] === undefined ? '' : canonical(statement['Condition']);
  const all = (key: string): readonly string[] => {
    const not = statement[`Not${key}`];
    return not === undefined ? texts(statement[key]) : [`all but ${canonical(not)}`];
  };
  return all('Action').flatMap((action) =>
    all('Resource').flatMap((resource) =>
      all('Principal').map((principal) => ({ action: action.toLowerCase(), resource, principal, condition })),
    ),
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** `{ "AWS": ["a", "b"] }` → `AWS a`, `AWS b` */
function texts(value: unknown): readonly string[] {
  if (value === undefined) return [''];
  if (isObject(value))
    return Object.entries(value).flatMap(([kind, names]) => listOf(names).map((name) => `${kind} ${String(name)}`));
  return listOf(value).map(String);
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );

const covers = (wide: Grant, narrow: Grant): boolean =>
  matches(wide.action, narrow.action) &&
  matches(wide.resource, narrow.resource) &&
  (wide.principal === '*' || wide.principal === 'AWS *' || wide.principal === narrow.principal) &&
  (wide.condition === '' || wide.condition === narrow.condition);

/** Whether a pattern with `*` and `?` covers a text, which may itself be a pattern. Linear in practice: no backtracking but to the last star. */
export function matches(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') [star, mark, p] = [p, t, p + 1];
    else if (p < pattern.length && (pattern[p] === text[t] || (pattern[p] === '?' && text[t] !== '*')))
      [p, t] = [p + 1, t + 1];
    else if (star >= 0) [p, t, mark] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
