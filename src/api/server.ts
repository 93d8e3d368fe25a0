import Fastify, { LogController, type FastifyInstance, type FastifySchemaCompiler } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { DestinationStream } from 'pino';
import type { z } from 'zod';

import type { Ambient } from '../model/ambient.ts';
import type { Actor } from '../model/ids.ts';
import { Proposal } from '../model/proposal.ts';
import type { Recourse } from '../model/recourse.ts';
import { answerFault } from './answer-fault.ts';
import { answerHeaders } from './answer-headers.ts';
import type { Api, Ask } from './api.ts';
import { authenticate, type AuthOptions } from './auth.ts';
import { answerBrokenRequest } from './broken-request.ts';
import { callerOf } from './caller.ts';
import { changeActs } from './change-acts.ts';
import { changes } from './changes.ts';
import { connections } from './connections.ts';
import { events } from './events.ts';
import { health, type HealthOptions } from './health.ts';
import { me } from './me.ts';
import { metrics, type Metrics } from './metrics.ts';
import { describeApi } from './openapi.ts';
import { operations } from './operations.ts';
import { Refusal } from './refusal.ts';
import { refuseDeep } from './refuse-deep.ts';
import { refuseOtherSites } from './same-site.ts';
import { logRequests, serverLog } from './server-log.ts';
import { tokens } from './tokens.ts';
import { webUi } from './web-ui.ts';

export interface ServerOptions extends Pick<AuthOptions, 'tokens'>, Pick<HealthOptions, 'health'> {
  recourse(by: Actor): Recourse;
  readonly ambient: Ambient;
  readonly metrics: Metrics;
  readonly version: string;
  /** Takes the lines of the log. */
  readonly log: DestinationStream;
  /** The folder of the built web UI. */
  readonly webRoot?: string;
  /**
   * For a server that listens on a Unix socket alone: whoever reaches it is this actor and may do everything, because
   * only its user may open the socket. On a port it answers nobody.
   */
  readonly trustSocket?: Actor;
  /** Names by which this server is known, besides `localhost`. */
  readonly hosts?: readonly string[];
  readonly limits?: Partial<typeof limits>;
}

/** What comes in is bounded. */
const limits = {
  /** Requests a minute: by one token, and from one address without a token that is known. */
  perMinute: { token: 6_000, address: 600 },
  /** Streams of events that may be open. */
  streams: 256,
  streamsPerCaller: 32,
  bodyBytes: 1_048_576,
};

/** The HTTP API with its description, events, metrics, health and the web UI; `listen` binds it. */
export const buildServer = async (options: ServerOptions): Promise<FastifyInstance> => {
  const { ambient, trustSocket } = options;
  const bounds = { ...limits, ...options.limits };
  const server = Fastify({
    loggerInstance: serverLog(options.log),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bounds.bodyBytes,
    requestTimeout: 30_000,
    keepAliveTimeout: 10_000,
    http: { headersTimeout: 10_000, maxHeaderSize: 16_384 },
    exposeHeadRoutes: false,
    frameworkErrors: answerFault(ambient),
    clientErrorHandler: answerBrokenRequest,
    return503OnClosing: false, // it would not be a fault; see `finishAnswers`
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<ZodTypeProvider>();
  server.setValidatorCompiler(checked);
  server.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  server.removeContentTypeParser('text/plain'); // a page of another site may send it without asking first
  server.setErrorHandler(answerFault(ambient));

  finishAnswers(server);
  logRequests(server);
  refuseOtherSites(server, options.hosts);
  const auth = await authenticate(server, {
    tokens: options.tokens,
    ambient,
    perMinute: bounds.perMinute,
    ...(trustSocket !== undefined && { trustSocket }),
  });
  refuseDeep(server);

  const ask: Ask = (request) => options.recourse(callerOf(request).by);
  await describeApi(server, options.version);
  health(server, options);
  metrics(server, options.metrics);
  await server.register(
    async (api: Api) => {
      me(api);
      changes(api, ask);
      changeActs(api, ask);
      operations(api, ask);
      connections(api, ask);
      tokens(api, ask, () => auth.forget());
      await events(api, ask, {
        recourse: options.recourse('recourse'),
        ambient,
        counts: (change) => options.metrics.streams(change),
        admitAgain: (request) => auth.admitAgain(request),
        most: { streams: bounds.streams, perCaller: bounds.streamsPerCaller },
      });
    },
    { prefix: '/api/v1' },
  );
  await webUi(server, options.webRoot);
  await server.ready();
  return server;
};

/**
 * A proposal is parsed once, in the pipeline, which knows the operations; its schema here only describes it. A body that
 * is not there is told from one that is `null`.
 */
const checked: FastifySchemaCompiler<z.ZodType> = (route) => {
  if (route.schema === Proposal) return (value: unknown) => ({ value });
  const check = validatorCompiler(route);
  return route.httpPart === 'body' ? (value: unknown) => check(value ?? undefined) : check;
};

/** Whoever asks while the server stops is refused; whoever asked before is answered, and its connection is closed. */
const finishAnswers = (server: FastifyInstance): void => {
  let isStopping = false;
  server.addHook('preClose', async () => {
    isStopping = true;
  });
  server.addHook('onRequest', (_request, _reply, done) => {
    if (isStopping)
      done(new Refusal(503, 'unreachable', 'This server is stopping.', { advice: 'Wait, then try again.' }));
    else done();
  });
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (isStopping) reply.header('connection', 'close');
    if (!reply.hasHeader('content-security-policy')) reply.headers(answerHeaders);
    done(null, payload);
  });
};
