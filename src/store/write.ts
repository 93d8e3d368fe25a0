import { CompiledQuery } from 'kysely';

import { advance, isAtRest } from '../decide/fold.ts';
import { link } from '../evidence/link.ts';
import type { Instant } from '../model/ids.ts';
import type { Chain } from '../model/state.ts';
import type { Ownership, Write } from '../model/store.ts';
import type { Embedded } from './embedded.ts';
import type { Distributed } from './postgres.ts';
import { projectionOf } from './projection.ts';
import type { Db, Tx } from './tables.ts';

/** One write, thought through: what is written when nobody was faster. */
export interface Prepared {
  readonly before: Chain;
  readonly after: Chain;
  readonly texts: readonly string[];
}

/**
 * Seals the facts to the end of the chain and asks the table of successions. Time never goes backwards in a chain, even
 * when the clock does.
 * Faults: `out-of-order`.
 */
export function prepare({ chain, facts, by }: Write, now: Instant): Prepared {
  const evidence = [...chain.evidence];
  const texts: string[] = [];
  let state = chain.state;
  for (const fact of facts) {
    const last = evidence.at(-1) ?? null;
    const at = last && last.at > now ? last.at : now;
    state = advance(state, { fact, by, at });
    const linked = link(last, { change: chain.id, at, by, fact });
    evidence.push(linked.evidence);
    texts.push(linked.text);
  }
  return { before: chain, after: { id: chain.id, evidence, state }, texts };
}

/** Runs the one statement of an append, where a transaction or the whole database is meant. */
export type Run = (values: readonly unknown[]) => Promise<readonly { readonly happened: boolean }[]>;

const columns = 18;
const statement = `select recourse.append(${Array.from({ length: columns }, (_, i) => `$${i + 1}`).join(', ')}) as happened`;

export const runIn =
  (db: Db | Tx): Run =>
  async (values) =>
    (await db.executeQuery<{ happened: boolean }>(CompiledQuery.raw(statement, [...values]))).rows;

/** Planned once a connection, and not at every append. */
export const runOn = (database: Embedded | Distributed): Run =>
  database.kind === 'embedded'
    ? runIn(database.db)
    : async (values) =>
        (await database.pool.query<{ happened: boolean }>({ name: 'append', text: statement, values: [...values] }))
          .rows;

/**
 * Writes in one statement (`recourse.append`, see the migrations): proves ownership and the expected end of the chain,
 * adds the records, renews the projection. At rest a change gives up its leases; a recovery gives them back, because
 * what it recovers may not be at rest. Answers whether it happened.
 */
export async function writeOnce(run: Run, prepared: Prepared, owner: Ownership | undefined): Promise<boolean> {
  const { before, after, texts } = prepared;
  const [was, is] = [projectionOf(before), projectionOf(after)];
  if (!is || !after.state) return false;
  const { row, touched } = is;
  const had = was?.touched ?? new Map<string, string | null>();
  const added = [...touched].filter(([resource, at]) => had.get(resource) !== at);
  const gone = [...had.keys()].filter((resource) => !touched.has(resource));
  const [written] = await run([
    after.id,
    was?.row.facts ?? null,
    was?.row.head ?? null,
    owner?.epoch ?? null,
    texts,
    row.head,
    row.request,
    row.status,
    row.environment,
    row.class,
    row.words,
    row.recovery,
    row.listed,
    added.map(([resource]) => resource),
    added.map(([, at]) => at),
    gone,
    isAtRest(after.state),
    after.state.change.recovers?.change ?? null,
  ]);
  return written?.happened ?? false;
}
