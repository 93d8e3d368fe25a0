import { columnStructure, inverseOf } from './catalog/inverse.ts';
import type { Language } from './catalog/language.ts';
import { isFollowed, run } from './catalog/run.ts';
import { slim } from './catalog/slim.ts';
import { loadParse } from './statements.ts';

/** PostgreSQL's own grammar, and what its statements do. */
export const loadLanguage = async (): Promise<Language> => ({
  parse: await loadParse(),
  run: (context, { node }, sql) => run(context, node, sql),
  isFollowed: ({ node }) => isFollowed(node),
  slim,
  inverse: inverseOf,
  structure: columnStructure,
});
