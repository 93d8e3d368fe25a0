import { isIP } from 'node:net';

import type { FastifyInstance, FastifyRequest } from 'fastify';

import { Refusal } from './refusal.ts';

/**
 * Turns away what a foreign web page sends through somebody's browser. A name in `Host` that is not ours comes from a
 * page whose name was pointed at us (DNS rebinding); a write whose `Origin` or `Sec-Fetch-Site` is foreign was not made
 * by our own page. An address in `Host` is always ours: no page can choose it without having been served by us.
 * @param hosts names by which this server is known, besides `localhost`; without any, a server that listens to other
 *   machines cannot know its own names, and does not look at `Host`
 */
export const refuseOtherSites = (server: FastifyInstance, hosts: readonly string[] | undefined): void => {
  const ours = new Set(['localhost', ...(hosts ?? [])]);
  server.addHook('onRequest', (request, _, done) => {
    const name = nameIn(request.headers.host);
    const mustBeOurs = hosts !== undefined || isLoopback(request.raw.socket.localAddress);
    if (mustBeOurs && !ours.has(name) && isIP(name) === 0)
      done(refusal(`this server does not go by the name ${name === '' ? 'in its Host header' : name}`));
    else if (isForeignWrite(request)) done(refusal('it was sent by another site'));
    else done();
  });
};

const isForeignWrite = ({ method, headers }: FastifyRequest): boolean => {
  if (method === 'GET' || method === 'HEAD') return false;
  const { host, origin, 'sec-fetch-site': site } = headers;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  return origin !== undefined && (host === undefined || URL.parse(origin)?.host !== URL.parse(`http://${host}`)?.host);
};

const refusal = (why: string): Refusal =>
  new Refusal(403, 'not-allowed', `This request is refused: ${why}.`, {
    advice: 'Open Recourse by its address, or start it with the name that you use.',
  });

/** `Host` without its port; empty when it is none. */
const nameIn = (host: string | undefined): string =>
  (
    /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::\d{1,5})?$/i
      .exec(host ?? '')
      ?.slice(1)
      .find(Boolean) ?? ''
  ).toLowerCase();

/** A Unix socket has no local address, and counts as loopback. */
const isLoopback = (address: string | undefined): boolean =>
  address === undefined || address === '::1' || /^(::ffff:)?127\./.test(address);
