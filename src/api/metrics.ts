import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from '@prometheus-io/client';
import type { FastifyInstance } from 'fastify';

import type { Status } from '../model/status.ts';

export interface MetricsSource {
  readonly version: string;
  /** How many changes there are in each status. */
  changesByStatus?(): Promise<Readonly<Partial<Record<Status, number>>>>;
}

/** What is counted, for as many servers as one process has. */
export interface Metrics {
  answered(
    request: { readonly method: string; readonly route: string; readonly status: number },
    seconds: number,
  ): void;
  streams(change: 1 | -1): void;
  /** The text that Prometheus reads. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Every label has a closed set of values, so no caller can make the number of series grow. */
export const countedMetrics = (source: MetricsSource): Metrics => {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });

  new Gauge({ name: 'recourse_build_info', help: 'The version that runs.', labelNames: ['version'], registers }).set(
    { version: source.version },
    1,
  );
  const requests = new Counter({
    name: 'recourse_http_requests_total',
    help: 'Requests that were answered, streams when they end.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'recourse_http_request_duration_seconds',
    help: 'How long answers took; streams are not in it.',
    labelNames: ['method', 'route'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
    registers,
  });
  const streams = new Gauge({ name: 'recourse_event_streams', help: 'Event streams that are open.', registers });

  const count = source.changesByStatus && countingChanges(() => source.changesByStatus?.() ?? {}, register);

  return {
    answered: ({ method, route, status }, took) => {
      requests.inc({ method, route, status });
      if (route !== streamRoute) seconds.observe({ method, route }, took);
    },
    streams: (change) => streams.inc(change),
    async text() {
      await count?.();
      return register.metrics();
    },
    contentType: register.contentType,
  };
};

type Counts = Readonly<Partial<Record<Status, number>>>;

/** A store that does not answer must not hide the counts of everything else: it is one of them. */
const countingChanges = (counts: () => Promise<Counts> | Counts, register: Registry): (() => Promise<void>) => {
  const registers = [register];
  const byStatus = new Gauge({
    name: 'recourse_changes',
    help: 'Changes by status.',
    labelNames: ['status'],
    registers,
  });
  const counted = new Gauge({
    name: 'recourse_changes_counted',
    help: '1 when the changes could be counted just now, 0 when the store did not answer.',
    registers,
  });
  return async () => {
    byStatus.reset();
    try {
      for (const [status, number] of Object.entries(await counts())) byStatus.set({ status }, number);
      counted.set(1);
    } catch {
      counted.set(0);
    }
  };
};

const streamRoute = '/api/v1/events';

/** Counts every answer, and offers the counts at `/metrics`. */
export const metrics = (server: FastifyInstance, counted: Metrics): void => {
  server.addHook('onResponse', (request, reply, done) => {
    const { url } = request.routeOptions;
    const asked = url === undefined ? { method: 'other', route: 'none' } : { method: request.method, route: url };
    counted.answered({ ...asked, status: reply.statusCode }, reply.elapsedTime / 1_000);
    done();
  });
  server.get('/metrics', { schema: { tags: ['operation'], summary: 'Counts for Prometheus' } }, async (_, reply) =>
    reply.type(counted.contentType).send(await counted.text()),
  );
};
