/**
 * A scratch database is a PostgreSQL that nobody needs: a migration may do there what it wants. It can be looked at
 * (schema, tables, rows), and copied, so that many things are tried from the same state.
 */

/** A row as text: what PostgreSQL prints for each value. */
export type Row = Readonly<Record<string, string | null>>;

/** A statement that failed is an answer here, not a fault. */
export type Ran = { readonly results: readonly (readonly Row[])[] } | { readonly failed: Failure };
export interface Failure {
  /** Five characters of PostgreSQL's own table; `57014` when it took longer than it may. */
  readonly sqlState: string;
  readonly message: string;
  /** 1-based, in characters of the text that was sent. */
  readonly position?: number;
}

/** What is there, by its kind and full name (`column public.users.email`), and its whole definition. */
export type Schema = Readonly<Record<string, string>>;

export interface Column {
  readonly name: string;
  /** Stays the same when the column is renamed. */
  readonly number: number;
  /** As PostgreSQL prints it, with its length. */
  readonly type: string;
  /** Without domains, arrays and length: `varchar`, `int4`. */
  readonly base: string;
  readonly isArray: boolean;
  /** Of an enum, in order. */
  readonly labels?: readonly string[];
  /** Characters at most, or bits. */
  readonly length?: number;
  /** Digits before the point, of a number that says how many. */
  readonly digits?: number;
  readonly isNotNull: boolean;
  readonly hasDefault: boolean;
  readonly isGenerated: boolean;
  /** The sequence that its default takes numbers from. */
  readonly sequence?: string;
  /** What a value of its domain must be, with `VALUE` in it. */
  readonly domainChecks: readonly string[];
}

export interface Reference {
  readonly columns: readonly string[];
  readonly table: string;
  readonly foreign: readonly string[];
}

export interface Table {
  /** With its schema, quoted where it must be. */
  readonly name: string;
  /** Stays the same when the table is renamed. */
  readonly id: string;
  readonly isPartitioned: boolean;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  /** Of primary key, unique constraints and unique indexes without expression. */
  readonly unique: readonly (readonly string[])[];
  readonly references: readonly Reference[];
  /** Check constraints; of a partitioned table also what its partitions take. */
  readonly checks: readonly { readonly columns: readonly string[]; readonly condition: string }[];
  /** Names of its own triggers. */
  readonly triggers: readonly string[];
}

/** The rows of every table, by its name. */
export type Rows = ReadonlyMap<string, readonly Row[]>;

/** Faults of every method: `unreachable` when the database itself has gone. */
export interface Scratch {
  /** One message of one or more statements: what the server makes of it, in one transaction or none. */
  run(sql: string): Promise<Ran>;
  schema(): Promise<Schema>;
  tables(): Promise<readonly Table[]>;
  rows(tables: readonly Table[]): Promise<Rows>;
  /** Another database with all that is committed here. */
  copy(): Promise<Scratch>;
  /** A statement took too long, or ended the database: nothing can be asked any more. */
  isGone(): boolean;
  close(): Promise<void>;
}

export interface ScratchServer {
  /** `embedded`: nobody else is in it, so that even roles may be made there. */
  readonly kind: 'embedded' | 'given';
  /** Its product and version, for the report. */
  readonly version: string;
  /** An empty database. */
  open(): Promise<Scratch>;
  /** Removes what is left of all its databases. */
  close(): Promise<void>;
}
