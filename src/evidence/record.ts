import { Evidence } from '../model/fact.ts';
import { Fault } from '../model/fault.ts';
import type { Json } from '../model/json.ts';

type Members = Readonly<Record<string, Json>>;

/** A fact as one version wrote it, made into a fact of the next version. */
export type Upcasters = Readonly<Record<number, (older: Members) => Members>>;

/** The version of facts that the model describes. */
const current = 1;

/** By the version they read. There is one version so far. */
const upcasters: Upcasters = {};

/**
 * Reads a stored record; a fact of an older version comes out in today's shape. The hash is that of the text and is not
 * checked here (`verifyChain` does).
 * Faults: `evidence-broken` when it is not a record, `store-failed` when a newer version wrote it.
 */
export function readRecord(text: string, through: Upcasters = upcasters, to = current): Evidence {
  const record = membersOf(parsed(text));
  let fact = membersOf(record['fact'] ?? null);
  const version = fact['v'];
  if (typeof version !== 'number') throw broken(record, 'its fact has no version');
  if (version > to)
    throw new Fault('store-failed', `${named(record)} was written by a newer Recourse (version ${version} of facts).`, {
      advice: 'Use that version of Recourse, or a newer one.',
    });
  for (let v = version; v < to; v++) {
    const next = through[v];
    if (next === undefined) throw broken(record, `nothing reads version ${v} of facts`);
    fact = next(fact);
  }
  const read = { ...record, fact };
  const { error } = Evidence.safeParse(read);
  // what was read, not what the schema returns: a schema leaves out members that it does not know
  if (error === undefined) return read as unknown as Evidence;
  throw broken(record, `it has not the shape of a record at ${error.issues[0]?.path.join('.') || 'its top'}`);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new Fault('evidence-broken', 'A stored record is not JSON.', { cause });
  }
}

function membersOf(value: Json): Members {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Members;
  throw new Fault('evidence-broken', 'A stored record, or the fact in it, is not an object.');
}

const named = ({ seq, change }: Members): string => `Record ${JSON.stringify(seq)} of change ${JSON.stringify(change)}`;

const broken = (record: Members, because: string): Fault =>
  new Fault('evidence-broken', `${named(record)} cannot be read: ${because}.`);
