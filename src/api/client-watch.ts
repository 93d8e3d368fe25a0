import { setTimeout as sleep } from 'node:timers/promises';

import { createParser, type EventSourceMessage } from 'eventsource-parser';

import type { Evidence } from '../model/fact.ts';
import { type FaultReport } from '../model/fault-report.ts';
import { Fault, faults } from '../model/fault.ts';
import type { ChangeId } from '../model/ids.ts';
import { faultOf, unreachable, type Transport } from './client-transport.ts';
import { cursorOf } from './feed.ts';

export interface Watching {
  readonly id?: ChangeId;
  readonly seq?: number;
  readonly signal: AbortSignal;
}

/** Milliseconds of silence after which a stream is given up: three beats. */
const silence = 45_000;
/** Milliseconds before each new attempt; after the last one the server counts as gone. */
const pauses = [250, 500, 1_000, 2_000, 5_000, 10_000, 15_000] as const;

/**
 * The facts of a server's stream as they come. A stream that breaks is taken up again after its last fact. Ends when the
 * signal aborts. Faults: `unreachable` when the server stays away, or when facts of a stream of all changes were missed.
 */
export async function* watchFrom(transport: Transport, { id, seq = 0, signal }: Watching): AsyncGenerator<Evidence> {
  let cursor = id === undefined ? undefined : `${id}:${seq}`;
  let failures = 0;
  while (!signal.aborted) {
    let broke = unreachable(transport.where, new Error('it ended the stream'));
    try {
      for await (const { event, data } of eventsOf(transport, id, cursor, signal)) {
        failures = 0;
        if (event === 'fault') throw faultOf(JSON.parse(data) as FaultReport);
        if (event === 'fact') {
          const fact = JSON.parse(data) as Evidence;
          cursor = cursorOf(fact);
          yield fact;
        } else if (event === 'gap') {
          cursor = undefined;
          break;
        }
      }
    } catch (error) {
      broke = Fault.from(error);
      if (faults[broke.code].retry !== 'later' && !signal.aborted) throw broke;
    }
    if (signal.aborted) return;
    if (cursor === undefined) throw missed(transport);
    const pause = pauses[failures];
    if (pause === undefined) throw broke;
    failures += 1;
    await sleep(pause, undefined, { signal }).catch(() => undefined); // aborted: the loop ends
  }
}

async function* eventsOf(
  transport: Transport,
  change: ChangeId | undefined,
  after: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<EventSourceMessage> {
  const query = new URLSearchParams({ ...(change && { change }), ...(after !== undefined && { after }) });
  const answer = await transport.open(`/events?${query.toString()}`, { signal, patience: silence });
  const heard: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => heard.push(event) });
  answer.setEncoding('utf8');
  try {
    for await (const chunk of answer) {
      parser.feed(chunk as string);
      yield* heard.splice(0);
    }
  } catch (error) {
    throw unreachable(transport.where, error as Error);
  }
}

const missed = ({ where }: Transport): Fault =>
  new Fault('unreachable', `Facts of the server at ${where} were missed while its stream was cut.`, {
    at: where,
    advice: 'List the changes again, and watch from there.',
  });
