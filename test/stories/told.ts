/**
 * A story as it is written down: one fact a line, with the status that its change has after it. The short form keeps it
 * readable; here it becomes the real facts.
 */
import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

import type { Happened } from '#src/decide/fold.ts';
import { Fact } from '#src/model/fact.ts';
import type { ChangeId, Instant } from '#src/model/ids.ts';
import type { Json } from '#src/model/json.ts';

export interface Line {
  readonly of: string;
  readonly happened: Happened;
  readonly status: string;
  readonly because: string;
}
export interface Story {
  readonly story: string;
  readonly facts: readonly Line[];
  readonly refused: readonly Line[];
}

export const stories = [
  'happy-path',
  'failure-undone-into-drift',
  'crash-after-the-effect',
  'rollback-fails-in-part',
  'finished-then-asked-back',
] as const;

type Short = Readonly<Record<string, Json>> & { readonly of: string; readonly by: string; readonly fact: string };

const letters = 'AFQR';
/** `A` as a change id. */
const idOf = (letter: unknown): ChangeId =>
  `01J0000000000000000000000${letters.indexOf(String(letter)) + 1}` as ChangeId;

const planOf = (of: string) => `sha256:${String(letters.indexOf(of)).repeat(64)}`;
const reading = (state: Json | undefined) => ({ state: { mode: state ?? null }, identity: { inode: '1:1' } });
const invocation = { operation: 'linux.set-file-mode', params: { path: '/f', mode: '0600' }, connection: 'local' };
const step = (kind: string, i: number) => {
  const undoes = kind.startsWith('undo-') && kind !== 'undo-mode' ? kind.slice('undo-'.length) : undefined;
  return {
    id: undoes ?? String(i + 1),
    onFailure: kind === 'undo-mode' ? 'undo' : 'stop',
    deadline: 30,
    does: invocation,
    ...(undoes && { undoes }),
  };
};

const full: Record<string, (short: Short) => Json> = {
  proposed: ({ change }) => {
    const { id, steps, recovers, finishes, ...rest } = change as Record<string, Json>;
    return {
      change: {
        ...rest,
        id: idOf(id),
        steps: (steps as string[]).map(step),
        ...(recovers && { recovers: { change: idOf(recovers), by: 'rollback' } }),
        ...(finishes && { finishes: idOf(finishes) }),
      },
    };
  },
  analysed: ({ of, class: found }) => ({ plan: planOf(of), class: found ?? null, steps: [], findings: [] }),
  admitted: ({ approvedWith }) => (approvedWith ? { approvedWith: idOf(approvedWith) } : {}),
  approved: ({ of, alone }) => ({ plan: planOf(of), ...(alone && { alone }) }),
  started: ({ step: of, before, attempt }) => ({
    step: of ?? '',
    attempt: attempt ?? 1,
    params: invocation.params,
    before: reading(before),
    deadline: '2026-01-01T00:00:30.000Z',
  }),
  applied: ({ step: of, after }) => ({ step: of ?? '', result: {}, after: reading(after), findings: [] }),
  settled: ({ step: of, as, seen }) => ({ step: of ?? '', as: as ?? '', seen: reading(seen), result: {} }),
  failed: ({ step: of, as, code, seen }) => ({
    step: of ?? '',
    as: as ?? '',
    fault: { code: code ?? '', message: 'it failed', advice: 'retry', retry: 'never' },
    seen: seen ? reading(seen) : null,
  }),
  compared: ({ step: of, drift, now }) => ({ steps: [{ step: of ?? '', drift: drift ?? '', now: reading(now) }] }),
  decided: ({ transition }) => ({ decision: { transition: transition ?? '', path: [] } }),
  'recovery-opened': ({ recovery }) => ({ by: idOf(recovery), transition: 'rollback' }),
  'recovery-ended': ({ recovery, outcome }) => ({ by: idOf(recovery), outcome: outcome ?? '' }),
  resolved: ({ seen, status: _status, of: _of, by: _by, because: _because, fact: _fact, ...rest }) => ({
    ...rest,
    seen: reading(seen),
  }),
  finished: ({ finish }) => ({ by: idOf(finish) }),
};

const plain = ({ status: _status, of: _of, by: _by, because: _because, ...rest }: Short): Json => rest;

const words = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

function lineOf(short: Short, i: number): Line {
  const members = (full[short.fact] ?? plain)(short) as Record<string, Json>;
  const at = new Date(Date.UTC(2026, 0, 1, 0, 0, i)).toISOString() as Instant;
  const fact = Fact.parse({ ...members, v: 1, fact: short.fact });
  return {
    of: short.of,
    happened: { fact, by: short.by as Happened['by'], at },
    status: words(short['status']),
    because: words(short['because']),
  };
}

export function told(name: (typeof stories)[number]): Story {
  const read = parse(readFileSync(new URL(`${name}.yaml`, import.meta.url), 'utf8')) as {
    story: string;
    facts: Short[];
    refused: Short[];
  };
  return { story: read.story, facts: read.facts.map(lineOf), refused: read.refused.map(lineOf) };
}
