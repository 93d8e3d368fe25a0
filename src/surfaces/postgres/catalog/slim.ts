import type { Node } from '@pgsql/types';

/** Trees that are as long as what they say: a table's, a query's, a function's. */
const long = new Set([
  'CreateStmt',
  'InsertStmt',
  'UpdateStmt',
  'SelectStmt',
  'CreateTableAsStmt',
  'ViewStmt',
  'CreateFunctionStmt',
  'MergeStmt',
  'DeleteStmt',
  'DoStmt',
  'CreateTrigStmt',
]);
const kept = new Set(['if_not_exists', 'replace', 'concurrent', 'behavior', 'relation']);

/** A statement once it was run: what it did stands in its effects, so that only how it was said is kept. */
export function slim(node: Node): Node {
  const [entry] = Object.entries(node) as [string, object][];
  if (!entry || !long.has(entry[0])) return node;
  const fields = Object.entries(entry[1]).filter(([field]) => kept.has(field));
  return { [entry[0]]: Object.fromEntries(fields) } as unknown as Node;
}
