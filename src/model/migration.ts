/**
 * A migration brings a database from one schema to the next. Its up and its down are one artifact: whether the down
 * brings back what was there is the question. Tools lay them out differently; once read they are all this.
 */
export interface MigrationText {
  /** Relative to the folder that is assessed. */
  readonly path: string;
  /** The SQL alone: what belongs to the tool, to psql or to the other direction is blank, so that positions hold. */
  readonly text: string;
  /** Whether the tool runs it in one transaction. */
  readonly isTransactional: boolean;
}

export interface Migration {
  /** What its tool knows it by. */
  readonly version: string;
  /** Where its tool looks: migrations of one folder are applied to one database, one after the other. */
  readonly folder: string;
  readonly up: MigrationText;
  readonly down?: MigrationText;
  /** Its up or its down is code in a programming language, which is not run here. */
  readonly isCode: boolean;
  readonly dialect: 'postgres' | 'mysql';
}
