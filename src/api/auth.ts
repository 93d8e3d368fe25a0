import { hash as digest } from 'node:crypto';

import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Ambient } from '../model/ambient.ts';
import { Fault } from '../model/fault.ts';
import type { Actor, Hash, Instant } from '../model/ids.ts';
import { TokenScope, type TokenView } from '../model/token.ts';
import type { Caller } from './caller.ts';
import { needOf, type Need } from './needs.ts';
import { Refusal } from './refusal.ts';

export interface AuthOptions {
  readonly tokens: { use(hash: Hash, at: Instant): Promise<TokenView | undefined> };
  readonly ambient: Pick<Ambient, 'now'>;
  /** Everybody who reaches this server is this actor: it listens on a Unix socket that only its user can open. */
  readonly trustSocket?: Actor;
  readonly perMinute: { readonly token: number; readonly address: number };
}

/** Milliseconds after which a token is looked up again: so long may one that was removed in another process be used. */
const goodFor = 5_000;

export interface Auth {
  /** To be called when a token was removed: all are looked up again. */
  forget(): void;
  /** Asks again whether the caller may, for an answer that takes long. Faults: as when it began. */
  admitAgain(request: FastifyRequest): Promise<void>;
}

/**
 * Says who is asking, before anything else of the request is read, and turns away who may not: 401 without a known
 * token, 403 without the scope that the table of needs asks for, 429 above the limit of requests a minute.
 */
export const authenticate = async (server: FastifyInstance, options: AuthOptions): Promise<Auth> => {
  const { tokens, ambient, trustSocket } = options;
  const known = new Map<Hash, { readonly caller: Caller; readonly until: number }>();
  const slowDown = await limiter(server, options.perMinute);

  const callerBy = async (request: FastifyRequest): Promise<Caller | undefined> => {
    const token = /^Bearer (rct_[A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? '')?.[1];
    const hash = token === undefined ? undefined : hashOf(token);
    const entry = hash && known.get(hash);
    await slowDown(request, entry?.caller.by);
    const now = ambient.now();
    if (!hash || (entry && entry.until > Date.parse(now))) return entry?.caller;
    const found = await tokens.use(hash, now);
    if (!found) {
      known.delete(hash);
      return undefined;
    }
    const caller: Caller = { by: `token:${found.name}`, scopes: found.scopes };
    known.set(hash, { caller, until: Date.parse(now) + goodFor });
    return caller;
  };

  server.decorateRequest('caller', undefined);
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat())
      if (!needOf(one, url)) throw new Error(`src/api/needs.ts does not say what ${one} ${url} asks of its caller`);
  });
  const admit = async (request: FastifyRequest): Promise<void> => {
    const need = needOf(request.method, request.routeOptions.url ?? '') ?? 'open';
    if (trustSocket !== undefined) {
      if (typeof server.server.address() !== 'string')
        throw new Fault('bug', 'A server that trusts its socket has none.');
      request.caller = { by: trustSocket, scopes: TokenScope.options };
    } else if (need === 'open') {
      await slowDown(request, undefined);
    } else {
      request.caller = await callerBy(request);
      requireScope(request, need);
    }
  };
  server.addHook('onRequest', admit);
  return { forget: () => known.clear(), admitAgain: admit };
};

/** What the store knows of a token. It is 32 random bytes, so its digest needs no salt. */
const hashOf = (token: string): Hash => `sha256:${digest('sha256', token)}`;

const requireScope = ({ caller, headers, method, routeOptions }: FastifyRequest, need: Exclude<Need, 'open'>): void => {
  const what = `${method} ${routeOptions.url}`;
  if (!caller) {
    const message =
      headers.authorization === undefined
        ? `${what} needs a token.`
        : `${what} was asked with a token that is not known here.`;
    throw new Refusal(401, 'not-allowed', message, {
      advice: 'Send a token as `Authorization: Bearer rct_…`; `recourse token` makes one.',
      headers: { 'www-authenticate': 'Bearer' },
    });
  }
  if (need === 'token' || caller.scopes.includes(need)) return;
  throw new Refusal(403, 'not-allowed', `${caller.by} may not ask for ${what}: it lacks the scope ${need}.`, {
    advice: `Use a token with the scope ${need}.`,
    details: { needs: need, has: caller.scopes },
  });
};

type SlowDown = (request: FastifyRequest, by: Actor | undefined) => Promise<void>;

/** Who has shown a good token before has a limit of their own; everybody else shares that of their address. */
const limiter = async (server: FastifyInstance, perMinute: AuthOptions['perMinute']): Promise<SlowDown> => {
  await server.register(rateLimit, { global: false });
  const askedBy = new WeakMap<FastifyRequest, Actor>();
  const timeWindow = 60_000;
  const byAddress = server.createRateLimit({ max: perMinute.address, timeWindow });
  const byToken = server.createRateLimit({
    max: perMinute.token,
    timeWindow,
    keyGenerator: (request) => askedBy.get(request) ?? '',
  });
  return async (request, by) => {
    if (by !== undefined) askedBy.set(request, by);
    const limit = await (by === undefined ? byAddress : byToken)(request);
    if (limit.isAllowed || !limit.isExceeded) return;
    throw new Refusal(429, 'rate-limited', `There were too many requests from ${by ?? request.ip} in a minute.`, {
      advice: `Wait ${limit.ttlInSeconds} s, then try again.`,
      headers: { 'retry-after': String(limit.ttlInSeconds) },
    });
  };
};
