import { type IncomingMessage, request } from 'node:http';

import { createParser, type EventSourceMessage } from 'eventsource-parser';

import type { Evidence } from '#src/model/fact.ts';

/** One stream of events, read by hand as a browser would read it. */
export interface Stream {
  readonly status: number;
  readonly heard: readonly EventSourceMessage[];
  readonly facts: readonly Evidence[];
  /** Resolves when this has become true, or the stream has ended. */
  until(isSo: (stream: Stream) => boolean): Promise<Stream>;
  readonly ended: Promise<void>;
  /** The reader goes away, as a closed tab does. */
  leave(): void;
}

export const openStream = async (
  url: string,
  { token, lastEventId }: { readonly token: string; readonly lastEventId?: string },
): Promise<Stream> => {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'text/event-stream',
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { headers, agent: false }, resolve).on('error', reject).end();
  });
  const heard: EventSourceMessage[] = [];
  let news = Promise.withResolvers<void>();
  const tell = (): void => {
    news.resolve();
    news = Promise.withResolvers();
  };
  const parser = createParser({ onEvent: (event) => heard.push(event) });
  const isOver = (): boolean => answer.closed;
  const ended = new Promise<void>((resolve) => {
    answer.setEncoding('utf8').on('data', (chunk: string) => {
      parser.feed(chunk);
      tell();
    });
    answer.on('error', () => undefined); // cut off by `leave`
    answer.once('close', () => {
      tell();
      resolve();
    });
  });
  const stream: Stream = {
    status: answer.statusCode ?? 0,
    heard,
    get facts() {
      return heard.filter(({ event }) => event === 'fact').map(({ data }) => JSON.parse(data) as Evidence);
    },
    async until(isSo) {
      while (!isSo(stream) && !isOver()) await news.promise;
      return stream;
    },
    ended,
    leave: () => answer.destroy(),
  };
  return stream;
};
