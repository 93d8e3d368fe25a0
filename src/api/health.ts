import { z } from 'zod';

import type { Ambient } from '../model/ambient.ts';
import type { Api } from './api.ts';

export interface HealthOptions {
  readonly version: string;
  readonly ambient: Pick<Ambient, 'sleep'>;
  /** The parts that this server cannot do without, and whether each answers. */
  health(): Promise<Readonly<Record<string, boolean>>>;
}

const Health = z
  .object({ healthy: z.boolean(), version: z.string(), parts: z.record(z.string(), z.boolean()).readonly() })
  .readonly();

/** Milliseconds after which a part that does not answer counts as ill. */
const patience = 5_000;

/** `GET /health`: 200 when every part answers, else 503. Open to everybody, so it says no more than that. */
export const health = (server: Api, options: HealthOptions): void => {
  server.get(
    '/health',
    { schema: { tags: ['operation'], summary: 'Whether the server can work', response: { 200: Health, 503: Health } } },
    async (request, reply) => {
      const parts = await ask(options).catch((error: unknown) => {
        request.log.error({ err: error }, 'health is not known');
        return { server: false };
      });
      const healthy = Object.values(parts).every(Boolean);
      return reply.code(healthy ? 200 : 503).send({ healthy, version: options.version, parts });
    },
  );
};

const ask = async (options: HealthOptions): Promise<Readonly<Record<string, boolean>>> => {
  const answered = new AbortController();
  const late = options.ambient.sleep(patience, answered.signal).then(
    () => Promise.reject(new Error(`no answer after ${patience} ms`)),
    () => ({}),
  );
  try {
    return await Promise.race([options.health(), late]);
  } finally {
    answered.abort();
  }
};
