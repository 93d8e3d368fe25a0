import type { Migration, MigrationText } from '../../../model/migration.ts';
import type { Refused, Statement } from '../statements.ts';
import type { Catalog } from './catalog.ts';
import { compare, type Difference } from './compare.ts';
import type { Context } from './context.ts';
import { effectsOf, type Effect } from './effects.ts';
import type { Language } from './language.ts';

/** One statement and what it did. */
export interface Step {
  readonly statement: Statement;
  readonly effects: readonly Effect[];
  /** Part of what it does could not be followed. */
  readonly isOpaque: boolean;
}
export interface RoundTrip {
  readonly up: readonly Step[];
  readonly down: readonly Step[];
  /** What the parser refused. */
  readonly refused: { readonly up: readonly Refused[]; readonly down: readonly Refused[] };
  /** Where the way back stops, and why. */
  readonly failure: { readonly statement: Statement; readonly why: string } | undefined;
  /** What is not as it was before, after the way there and the way back. */
  readonly differences: readonly Difference[];
}

/**
 * Goes there and back on the catalog, and leaves it as it is after the way there.
 *
 * @param isAsked otherwise it is only gone there
 */
export function roundTrip(language: Language, catalog: Catalog, migration: Migration, isAsked: boolean): RoundTrip {
  const up = isSql(migration.up) ? goThere(language, catalog, migration.up, isAsked) : nowhere;
  if (migration.isCode || up.isOpaque) catalog.isComplete = false;
  const mark = catalog.mark();
  const down =
    isAsked && isSql(migration.down) ? goBack(language, catalog, migration.down) : { ...nowhere, failure: undefined };
  const differences = isAsked ? compare(catalog, mark) : [];
  catalog.goBackTo(mark);
  catalog.settle();
  return {
    up: up.steps,
    down: down.steps,
    refused: { up: up.refused, down: down.refused },
    failure: down.failure,
    differences,
  };
}

const isSql = (text: MigrationText | undefined): text is MigrationText =>
  text !== undefined && /\.sql$/i.test(text.path);

interface Way {
  readonly steps: readonly Step[];
  readonly refused: readonly Refused[];
  readonly isOpaque: boolean;
}
const nowhere: Way = { steps: [], refused: [], isOpaque: false };

function goThere(
  language: Language,
  catalog: Catalog,
  { text, isTransactional }: MigrationText,
  isAsked: boolean,
): Way {
  const context: Context = { catalog, schema: 'public', isStrict: false, isTransactional };
  const steps: Step[] = [];
  const refused: Refused[] = [];
  let isOpaque = false;
  for (const statement of language.parse(text)) {
    if ('why' in statement) {
      refused.push(statement);
      continue;
    }
    const { step } = take(language, context, statement, text, isAsked);
    isOpaque ||= step.isOpaque;
    if (isAsked) steps.push(step);
  }
  return { steps, refused, isOpaque: isOpaque || refused.length > 0 };
}

function goBack(
  language: Language,
  catalog: Catalog,
  { text, isTransactional }: MigrationText,
): Way & Pick<RoundTrip, 'failure'> {
  const context: Context = { catalog, schema: 'public', isStrict: true, isTransactional };
  const steps: Step[] = [];
  const refused: Refused[] = [];
  for (const statement of language.parse(text)) {
    if ('why' in statement) {
      refused.push(statement);
      continue;
    }
    const { step, why } = take(language, context, statement, text, true);
    if (why !== undefined) return { steps, refused, isOpaque: false, failure: { statement, why } };
    steps.push(step);
  }
  return { steps, refused, isOpaque: false, failure: undefined };
}

function take(
  language: Language,
  context: Context,
  statement: Statement,
  text: string,
  isAsked: boolean,
): { readonly step: Step; readonly why: string | undefined } {
  const { catalog } = context;
  const mark = catalog.mark();
  const sql = text.slice(statement.start, statement.end);
  const why = language.run(context, statement, sql);
  // What a block does, it does under a condition or not: nothing is refused.
  for (const inner of statement.inner?.statements ?? []) language.run({ ...context, isStrict: false }, inner, sql);
  const isOpaque = !language.isFollowed(statement) || statement.inner?.isWhole === false;
  const { start, end } = statement;
  const effects = isAsked && why === undefined ? effectsOf(catalog, catalog.since(mark), language) : [];
  return { step: { statement: { start, end, node: language.slim(statement.node) }, effects, isOpaque }, why };
}
