import type { Node } from '@pgsql/types';

import type { Parse, Statement } from '../statements.ts';
import type { Snapshot } from './catalog.ts';
import type { Context } from './context.ts';
import type { Thing } from './thing.ts';

/** How the statements of one database are read, run on the catalog, and written. */
export interface Language {
  readonly parse: Parse;
  /** Why the server would refuse it, or undefined. */
  run(context: Context, statement: Statement, sql: string): string | undefined;
  /** What it does to the schema is followed. */
  isFollowed(statement: Statement): boolean;
  /** What is kept of its tree once it was run. */
  slim(node: Node): Node;
  /** The statement that puts a thing back as it was, where there is one that does it exactly. */
  inverse(state: Snapshot, before: Thing | undefined, after: Thing | undefined): string | undefined;
  /** The statement that makes a column anew, empty. */
  structure(state: Snapshot, column: Thing): string;
}
