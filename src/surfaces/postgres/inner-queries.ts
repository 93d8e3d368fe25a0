/** The SQL in the tree of a PL/pgSQL block, and whether that is all it does. */
export function innerQueries(tree: unknown): { readonly queries: readonly string[]; readonly isWhole: boolean } {
  const queries: string[] = [];
  let isWhole = true;
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'PLpgSQL_stmt_execsql') queries.push(queryIn(value, 'sqlstmt') ?? '');
      else if (key === 'PLpgSQL_stmt_dynexecute') {
        const constant = /^'((?:[^']|'')*)'$/.exec(queryIn(value, 'query') ?? '')?.[1];
        if (constant === undefined) isWhole = false;
        else queries.push(constant.replaceAll("''", "'"));
      } else visit(value);
    }
  };
  visit(tree);
  return { queries: queries.filter((query) => query !== ''), isWhole };
}

const queryIn = (statement: unknown, key: string): string | undefined => {
  const expression = fieldOf(fieldOf(statement, key), 'PLpgSQL_expr');
  const query = fieldOf(expression, 'query');
  return typeof query === 'string' ? query : undefined;
};
const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
