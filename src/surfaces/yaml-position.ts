import { placeOf, type Place, type YamlDocument, type YamlReader } from './yaml-stream.ts';

/** A key of a mapping or an index of a sequence. */
export type Step = string | number;

type Event = ReturnType<YamlReader['eventsOf']>[number];
const kind = { document: 1, sequence: 2, mapping: 3, scalar: 4, alias: 5, pop: 6 } as const;

/**
 * Where a value stands in its document: its key in a mapping, its beginning in a sequence. When there is no such value,
 * where the nearest one around it stands. What an alias or a merge brings in stands where it is brought in.
 */
export function yamlPosition(reader: YamlReader, document: YamlDocument, path: readonly Step[]): Place {
  const events = reader.eventsOf(document);
  const textOf = (event: Event | undefined): string | undefined =>
    event?.type === kind.scalar ? reader.scalarOf(document.text, event) : undefined;
  let at = events.findIndex((event) => event.type !== kind.document);
  let offset = offsetOf(events[at]) ?? 0;
  for (const step of path) {
    const found = events[at]?.type === kind.mapping ? pairOf(step) : itemOf(step);
    if (!found) break;
    ({ at, offset } = found);
  }
  return placeOf(document, offset);

  function pairOf(step: Step): { at: number; offset: number } | undefined {
    let found: { at: number; offset: number } | undefined;
    for (let key = at + 1; isOpen(key); key = after(events, after(events, key))) {
      if (textOf(events[key]) === String(step)) found = { at: key + 1, offset: offsetOf(events[key]) ?? offset };
    }
    return found;
  }

  function itemOf(step: Step): { at: number; offset: number } | undefined {
    if (events[at]?.type !== kind.sequence) return undefined;
    let item = at + 1;
    for (let index = 0; index < Number(step) && isOpen(item); index++) item = after(events, item);
    return isOpen(item) ? { at: item, offset: offsetOf(events[item]) ?? offset } : undefined;
  }

  function isOpen(index: number): boolean {
    return index < events.length && events[index]?.type !== kind.pop;
  }
}

/** The event after the whole of the value that begins here. */
function after(events: readonly Event[], start: number): number {
  let depth = 0;
  for (let at = start; at < events.length; at++) {
    const type = events[at]?.type;
    if (type === kind.sequence || type === kind.mapping) depth++;
    if (type === kind.pop) depth--;
    if (depth <= 0) return at + 1;
  }
  return events.length;
}

function offsetOf(event: Event | undefined): number | undefined {
  if (event?.type === kind.scalar) return event.valueStart;
  if (event?.type === kind.sequence || event?.type === kind.mapping) return event.start;
  if (event?.type === kind.alias) return event.anchorStart;
  return undefined;
}
