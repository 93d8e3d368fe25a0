import type { Kysely, Transaction } from 'kysely';

/** The journal: one canonical text a fact. Text, because jsonb cannot hold NUL and rewrites numbers. */
interface EvidenceTable {
  change: string;
  seq: number;
  record: string;
}

/**
 * One row a change. `epoch` is the fencing epoch, raised by every claim; everything else is a pure function of the facts,
 * and can be made again from them.
 */
interface ChangeTable {
  id: string;
  epoch: number;
  /** Sequence number and hash of the last fact. */
  facts: number;
  head: string;
  /** Digest of the idempotency key that it was proposed with. */
  request: string | null;
  status: string;
  environment: string;
  class: string | null;
  /** Title and id in lower case: what a search reads. */
  words: string;
  /** The open recovery of this change. */
  recovery: string | null;
  /** What a list shows, as JSON text. */
  listed: string;
}

/** Which change touches which resource; `at` since when an applied step stands there, null when it is only planned. */
interface TouchedTable {
  resource: string;
  change: string;
  at: string | null;
}

interface LeaseTable {
  key: string;
  resource: string;
  change: string;
}

interface ConnectionTable {
  id: string;
  system: string;
  settings: string;
}

interface TokenTable {
  name: string;
  hash: string;
  scopes: string;
  created_at: string;
  created_by: string;
  last_used_at: string | null;
}

interface KeptTable {
  hash: string;
  sealed: Uint8Array;
}

export interface Tables {
  'recourse.evidence': EvidenceTable;
  'recourse.change': ChangeTable;
  'recourse.touched': TouchedTable;
  'recourse.lease': LeaseTable;
  'recourse.connection': ConnectionTable;
  'recourse.token': TokenTable;
  'recourse.kept': KeptTable;
}

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;
