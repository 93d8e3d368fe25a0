import { hash as digest } from 'node:crypto';

import { rowOf, touchedBy } from '../decide/row.ts';
import { canonical } from '../evidence/canonical.ts';
import type { Chain } from '../model/state.ts';

/** What the facts of a change decide outside the journal; a pure function of them. */
export interface Projection {
  readonly row: {
    readonly facts: number;
    readonly head: string;
    readonly request: string | null;
    readonly status: string;
    readonly environment: string;
    readonly class: string | null;
    readonly words: string;
    readonly recovery: string | null;
    readonly listed: string;
  };
  /** By resource key: since when an applied step stands there, or null. */
  readonly touched: ReadonlyMap<string, string | null>;
}

/** What one append makes of a chain is what the next one starts from. */
const made = new WeakMap<Chain, Projection>();

/** `null` for a change that is not there. */
export function projectionOf(chain: Chain): Projection | null {
  const projection = made.get(chain) ?? projected(chain);
  if (projection) made.set(chain, projection);
  return projection;
}

function projected({ evidence, state }: Chain): Projection | null {
  const [first, last] = [evidence[0], evidence.at(-1)];
  if (!first || !last || !state) return null;
  const row = rowOf(state, last);
  const touched = new Map<string, string | null>(row.resources.map((resource) => [resourceKey(resource), null]));
  for (const { resource, at } of touchedBy(state)) touched.set(resourceKey(resource), at);
  return {
    row: {
      facts: last.seq,
      head: last.hash,
      request:
        first.fact.fact === 'proposed' && first.fact.request !== undefined ? requestKey(first.fact.request) : null,
      status: row.status,
      environment: plain(row.environment),
      class: row.class,
      words: plain(`${row.title} ${row.id}`).toLowerCase(),
      recovery: state.recoveries.findLast((recovery) => recovery.outcome === undefined)?.change ?? null,
      // canonical, because the order of members must not depend on who wrote the fact
      listed: canonical(row),
    },
    touched,
  };
}

/** A key may be of any length and content; the index takes 2,700 bytes. */
export const requestKey = (request: string): string => digest('sha256', request, 'hex');

/** The resource itself where it fits into an index, else a digest. */
export const resourceKey = (resource: string): string =>
  resource.length <= 500 && plain(resource) === resource ? resource : `sha256:${digest('sha256', resource, 'hex')}`;

/** PostgreSQL's text holds neither NUL nor half a surrogate pair. */
export const plain = (text: string): string => text.toWellFormed().replaceAll('\0', '�');
