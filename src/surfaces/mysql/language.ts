import type { Language } from '../postgres/catalog/language.ts';
import { columnStructure, inverseOf } from './inverse.ts';
import { isFollowed, run } from './run.ts';
import { parse } from './statements.ts';

/** MySQL and MariaDB, word by word: as much of them as migrations use. */
export const language: Language = {
  parse,
  run,
  isFollowed,
  slim: (node) => node,
  inverse: inverseOf,
  structure: columnStructure,
};
