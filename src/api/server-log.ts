import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { pino, type DestinationStream } from 'pino';

/**
 * The server's log: JSON lines. What a request carries (headers, body, query) is no part of any line, and of an error
 * only its name, message, code and stack are.
 */
export const serverLog = (stream: DestinationStream): FastifyBaseLogger =>
  pino({ base: null, serializers: { err: errorRecord, req: () => undefined, res: () => undefined } }, stream);

const errorRecord = (error: unknown): Readonly<Record<string, unknown>> | string => {
  if (!(error instanceof Error)) return typeof error;
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && { code: error.code }),
    stack: error.stack,
    ...(error.cause !== undefined && { cause: errorRecord(error.cause) }),
  };
};

/** One line a request: who asked for what, how it was answered and how long that took. */
export const logRequests = (server: FastifyInstance): void => {
  server.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        by: request.caller?.by ?? null,
      },
      'request',
    );
    done();
  });
};
