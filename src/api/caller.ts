import type { FastifyRequest } from 'fastify';

import { Fault } from '../model/fault.ts';
import type { Actor } from '../model/ids.ts';
import type { TokenScope } from '../model/token.ts';

/** Who asks, and what they may. */
export interface Caller {
  readonly by: Actor;
  readonly scopes: readonly TokenScope[];
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before the body is read; absent on routes that are open to everybody. */
    caller: Caller | undefined;
  }
}

/** The caller of a route that is not open. */
export const callerOf = ({ caller }: Pick<FastifyRequest, 'caller'>): Caller => {
  if (!caller) throw new Fault('bug', 'A route that needs a caller was reached without one.');
  return caller;
};
