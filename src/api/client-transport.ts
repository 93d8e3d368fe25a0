import type { IncomingMessage, RequestOptions } from 'node:http';
import { text } from 'node:stream/consumers';

import { FaultReport } from '../model/fault-report.ts';
import { Fault } from '../model/fault.ts';

/** Where a server answers. */
export type ServerAddress = { readonly baseUrl: string } | { readonly socketPath: string };

export interface Asked {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Milliseconds of silence after which the server counts as gone. */
  readonly patience?: number;
}

/** Requests to one server. Faults: those that it answers, and `unreachable` when it does not. */
export interface Transport {
  /** For messages: the URL, or the path of the socket. */
  readonly where: string;
  /** The body of the answer, as text. */
  ask(method: string, path: string, asked?: Asked): Promise<string>;
  /** The answer, to be read as it comes. */
  open(path: string, asked: Asked): Promise<IncomingMessage>;
}

/** A compare or a probe asks other systems, which have deadlines of their own. */
const patience = 300_000;

export const transportTo = (address: ServerAddress, token?: string): Transport => {
  const where = 'socketPath' in address ? address.socketPath : address.baseUrl;
  const send = (method: string, path: string, { body, headers, signal, ...asked }: Asked): Promise<IncomingMessage> => {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const target = targetOf(address, `/api/v1${path}`);
    // an import of `node:http` loads all that it could ever need, and takes as long as Node itself
    const { request } = process.getBuiltinModule(target.protocol === 'https:' ? 'node:https' : 'node:http');
    const outgoing = request({
      ...target,
      method,
      headers: {
        accept: 'application/json, text/event-stream, */*',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(payload !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(payload),
        }),
        ...headers,
      },
      timeout: asked.patience ?? patience,
      ...(signal && { signal }),
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error('it said nothing for too long')));
    outgoing.once('response', resolve);
    outgoing.on('error', (error) => reject(unreachable(where, error)));
    outgoing.end(payload);
    return promise;
  };
  return {
    where,
    async ask(method, path, asked = {}) {
      const answer = await send(method, path, asked);
      const said = await text(answer).catch((error: Error) => Promise.reject(unreachable(where, error)));
      if (isGood(answer)) return said;
      throw faultFrom(said, answer.statusCode, where);
    },
    async open(path, asked) {
      const answer = await send('GET', path, asked);
      if (isGood(answer)) return answer;
      throw faultFrom(await text(answer), answer.statusCode, where);
    },
  };
};

const isGood = ({ statusCode = 0 }: IncomingMessage): boolean => statusCode >= 200 && statusCode < 300;

/** Faults: `invalid-input` when the address is none. */
const targetOf = (address: ServerAddress, path: string): RequestOptions => {
  if ('socketPath' in address) return { socketPath: address.socketPath, path };
  const base = URL.parse(address.baseUrl);
  if (!base || !/^https?:$/.test(base.protocol))
    throw new Fault('invalid-input', `${address.baseUrl} is not the address of a server.`, {
      at: address.baseUrl,
      advice: 'Write it like http://127.0.0.1:4680.',
    });
  const { protocol, hostname, port } = base;
  return {
    protocol,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    ...(port !== '' && { port }),
    path: `${base.pathname.replace(/\/$/, '')}${path}`,
  };
};

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOENT: 'there is no such socket',
  EACCES: 'this user may not open the socket',
  ENOTFOUND: 'no machine has this name',
  ECONNRESET: 'it broke the connection off',
};

export const unreachable = (where: string, error: Error): Fault => {
  const code = 'code' in error ? String(error.code) : '';
  return new Fault('unreachable', `The server at ${where} does not answer: ${reasons[code] ?? error.message}.`, {
    at: where,
    advice: 'Check that `recourse serve` runs there. What was asked may have been done: look before asking again.',
    cause: error,
  });
};

/** A fault as it was at the server. */
export const faultOf = ({ code, message, advice, at, details }: FaultReport): Fault =>
  new Fault(code, message, { advice, ...(at !== undefined && { at }), ...(details !== undefined && { details }) });

const faultFrom = (said: string, status: number | undefined, where: string): Fault => {
  const report = FaultReport.safeParse(faultIn(said)).data;
  if (report) return faultOf(report);
  return new Fault('unreachable', `What answers at ${where} is not Recourse: it said ${status}.`, {
    at: where,
    advice: 'Check the address, and what stands before the server.',
  });
};

const faultIn = (said: string): unknown => {
  try {
    return (JSON.parse(said) as { fault?: unknown }).fault;
  } catch {
    return undefined; // not JSON: somebody else's page
  }
};
