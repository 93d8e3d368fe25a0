import { fastifySSE } from '@fastify/sse';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { Ambient } from '../model/ambient.ts';
import { Fault } from '../model/fault.ts';
import { type Actor, ChangeId } from '../model/ids.ts';
import type { Recourse } from '../model/recourse.ts';
import { answerHeaders } from './answer-headers.ts';
import { otherwise, type Api, type Ask } from './api.ts';
import { callerOf } from './caller.ts';
import { cursorOf, feed, type Fed } from './feed.ts';
import { Refusal } from './refusal.ts';

export interface EventsOptions {
  /** Reads for the feed that all readers of all changes share. */
  readonly recourse: Pick<Recourse, 'watch'>;
  readonly ambient: Pick<Ambient, 'now' | 'sleep'>;
  /** Called when a stream begins and when it ends. */
  readonly counts: (change: 1 | -1) => void;
  /** Throws when the caller may read no longer. */
  readonly admitAgain: (request: FastifyRequest) => Promise<void>;
  readonly most: { readonly streams: number; readonly perCaller: number };
}

/** Milliseconds between two signs of life. A comment would do for the connection, but no browser shows one to its page. */
const beat = 15_000;

const Cursor = z.string().regex(/^([0-7][0-9A-HJKMNP-TV-Z]{25}:)?\d{1,15}$/, 'a sequence number or <change>:<number>');
const Query = z.strictObject({ change: z.exactOptional(ChangeId), after: z.exactOptional(Cursor) });

/**
 * `GET /events`: facts as they come, as Server-Sent Events. `fact` carries one record of evidence and its cursor as id;
 * `beat` carries the time, at once and every 15 s; `gap` says that facts were missed (a stream of all changes, asked to
 * go on after a fact too long ago); `fault` says why the stream ends. With `change`, all facts of that change after the
 * cursor; without, those of all changes from now on or from the cursor on. The cursor is `Last-Event-ID`, else `after`.
 */
export const events = async (api: Api, ask: Ask, options: EventsOptions): Promise<void> => {
  const { recourse, ambient, counts } = options;
  const stopping = new AbortController();
  const all = feed({
    watch: (signal) => recourse.watch({ signal }),
    now: () => Date.parse(ambient.now()),
    until: stopping.signal,
  });
  const open = openStreams(options);

  api.addHook('preClose', async () => stopping.abort());
  await api.register(fastifySSE, { heartbeatInterval: 0 });
  api.get(
    '/events',
    {
      sse: 'only',
      schema: {
        tags: ['changes'],
        summary: 'Facts as they come, as Server-Sent Events',
        querystring: Query,
        response: { 200: { content: { 'text/event-stream': { schema: z.string() } } }, ...otherwise },
      },
    },
    async (request, reply) => {
      const { by } = callerOf(request);
      const cursor = cursorFrom(reply.sse.lastEventId, request.query);
      const asked = ask(request);
      if (cursor.change !== undefined) await asked.find(cursor.change);

      const release = open(by);
      reply.headers(answerHeaders);
      counts(1);
      const left = new AbortController();
      const closed = new Promise<void>((resolve) => reply.sse.onClose(resolve));
      reply.sse.onClose(() => left.abort());
      const signal = AbortSignal.any([left.signal, stopping.signal]);
      const say = async (event: string, data: unknown, id?: string): Promise<void> => {
        if (signal.aborted) return;
        const said = reply.sse.send({ event, data, ...(id !== undefined && { id }) });
        // A reader who leaves while we wait for it to catch up drains nothing any more.
        await (reply.raw.writableNeedDrain ? Promise.race([said, closed]) : said);
      };
      const heart = async (): Promise<void> => {
        await say('beat', ambient.now());
        while (!signal.aborted) {
          await ambient.sleep(beat, signal);
          await options.admitAgain(request);
          await say('beat', ambient.now());
        }
      };
      try {
        const facts: AsyncIterable<Fed> =
          cursor.change !== undefined
            ? asked.watch({ id: cursor.change, seq: cursor.seq, signal })
            : all.after(cursor.last, signal);
        const told = (async () => {
          for await (const fed of facts) await (fed === 'gap' ? say('gap', null) : say('fact', fed, cursorOf(fed)));
        })();
        const beats = heart().catch((error: unknown) => signal.aborted || Promise.reject(error));
        await Promise.race([told, beats]);
      } catch (error) {
        const fault = Fault.from(error);
        if (!signal.aborted) {
          if (fault.code === 'bug') request.log.error({ err: error }, 'a stream of events broke');
          await say('fault', fault.code === 'bug' ? { ...fault.report, message: 'The stream broke.' } : fault.report);
        }
      } finally {
        left.abort();
        release();
        counts(-1);
      }
    },
  );
};

type Start =
  | { readonly change: ChangeId; readonly seq: number }
  | { readonly change?: undefined; readonly last: string | undefined };

/** Where a stream starts. A browser that reconnects repeats the old address and adds the newer `Last-Event-ID`. */
const cursorFrom = (lastEventId: string | null, { change, after }: z.infer<typeof Query>): Start => {
  const last = lastEventId === null ? after : Cursor.safeParse(lastEventId).data;
  if (lastEventId !== null && last === undefined) throw notACursor();
  const [seq, of] = (last ?? '').split(':').toReversed();
  if (change === undefined) {
    if (last !== undefined && of === undefined) throw notACursor();
    return { last };
  }
  if (of !== undefined && of !== change) throw notACursor();
  return { change, seq: Number(seq) };
};

const notACursor = (): Fault =>
  new Fault('invalid-input', 'The cursor does not name a fact of this stream.', { at: 'after' });

/** Counts who reads; a stream costs a connection and memory for as long as its reader likes. */
const openStreams = ({ most }: EventsOptions): ((by: Actor) => () => void) => {
  const open = new Map<Actor, number>();
  return (by) => {
    const mine = open.get(by) ?? 0;
    const all = [...open.values()].reduce((sum, count) => sum + count, 0);
    if (mine >= most.perCaller || all >= most.streams)
      throw new Refusal(429, 'rate-limited', `${by} cannot open another stream of events: ${mine} are open.`, {
        advice: 'Close one first.',
        headers: { 'retry-after': '5' },
      });
    open.set(by, mine + 1);
    return () => {
      const left = (open.get(by) ?? 1) - 1;
      if (left === 0) open.delete(by);
      else open.set(by, left);
    };
  };
};
