import { statementsIn } from '../model/sql-statement.ts';

/** Texts between quotes, of the languages in which migrations are written. */
const literal = /`([^`]*)`|"""([\s\S]*?)"""|'''([\s\S]*?)'''|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/g;

/**
 * The statements about the schema that stand in a program as they are. A program is not run here; with these what comes
 * after it finds most of what it would have made.
 */
export const statementsInCode = (program: string): readonly string[] =>
  [...program.matchAll(literal)]
    .flatMap(([, ...texts]) => statementsIn(texts.find((text) => text !== undefined) ?? ''))
    .map((one) => one.text)
    .filter((text) => /^(?:create|alter|drop)\s+\w/i.test(text));
