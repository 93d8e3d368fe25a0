/**
 * The people behind the changes: each proposes, approves, runs, and takes back what is to be taken back. They ask again
 * for what nobody has confirmed, as people do, and for nothing else: what was once handed to a worker has to come to its
 * end by itself.
 */
import { writeFile } from 'node:fs/promises';

import type { ChangeId } from '#src/model/ids.ts';
import type { ChangeRow } from '#src/model/view.ts';

import type { Ask } from './child.ts';
import type { Planned } from './planned.ts';
import type { Answer } from './processes.ts';

export type Act = 'propose' | 'approve' | 'run' | 'recover';

/** A change, and what its people know of it. */
export interface Followed {
  readonly planned: Planned;
  /** Run and taken back at the command line, not by a worker. */
  isByCommand: boolean;
  /** The command that did this was killed. */
  broken: Act | undefined;
  id: ChangeId | undefined;
  row: ChangeRow | undefined;
}

export interface Crowd {
  readonly all: readonly Followed[];
  /** Those that are not at an end yet, be it a wrong one. */
  open(): readonly Followed[];
  follow(planned: Planned, isByCommand: boolean): Followed;
  /** Looks where everything stands, then asks for all that people want now, at once. Answers whether it was answered. */
  round(ask: (ask: Ask) => Promise<Answer | undefined>): Promise<boolean>;
  /** From now on nobody types commands any more. */
  leaveToWorkers(): void;
  /** What was refused that should not have been. */
  readonly troubles: readonly string[];
}

const benign: ReadonlySet<string> = new Set(['in-use', 'out-of-order']);
const workerGoesOn: ReadonlySet<string> = new Set(['scheduled', 'running', 'waiting', 'verifying']);

/** @param isAlone nobody else works the store: what a command left is picked up when the next process starts */
export function crowdOf(isAlone: boolean): Crowd {
  const all: Followed[] = [];
  const troubles: string[] = [];
  const open = () => all.filter((one) => !isOver(one));

  const act = async (one: Followed, ask: (ask: Ask) => Promise<Answer | undefined>): Promise<void> => {
    const wanted = wantedOf(one, isAlone);
    if (wanted === undefined || (one.isByCommand && (wanted === 'run' || wanted === 'recover'))) return;
    const { name, proposal } = one.planned;
    const answer =
      wanted === 'propose'
        ? await ask({ act: wanted, name, proposal })
        : one.id && (await ask({ act: wanted, id: one.id }));
    if (answer?.says === 'refused' && !benign.has(answer.code))
      troubles.push(`${wanted} ${name}: ${answer.code}: ${answer.message}`);
    if (answer?.says !== 'done') return;
    if (wanted === 'propose') proposed(one, answer.id);
    else if (one.broken === wanted) one.broken = undefined;
  };

  return {
    all,
    open,
    troubles,
    follow(planned, isByCommand) {
      const one: Followed = { planned, isByCommand, broken: undefined, id: undefined, row: undefined };
      all.push(one);
      return one;
    },
    async round(ask) {
      const known = open().flatMap((one) => one.id ?? []);
      const looked = await ask({ act: 'look', ids: known });
      if (looked?.says !== 'done') return false;
      for (const one of all) one.row = looked.rows?.find(({ id }) => id === one.id) ?? one.row;
      await Promise.all(open().map((one) => act(one, ask)));
      return true;
    },
    leaveToWorkers() {
      for (const one of all) one.isByCommand = false;
    },
  };
}

/** A change has its id; what it will wait for comes some time later. */
export function proposed(one: Followed, id: ChangeId | undefined): void {
  if (one.id) return;
  one.id = id;
  const { awaited } = one.planned;
  if (awaited) setTimeout(() => void writeFile(awaited.path, 'here\n'), awaited.after);
}

/** What its people ask for next; nothing while it goes by itself. */
export function wantedOf({ planned, id, row, broken }: Followed, isAlone: boolean): Act | undefined {
  if (!id) return 'propose';
  if (!row) return undefined;
  const { status, recovery } = row;
  if (status === 'awaiting-approval') return 'approve';
  if (status === 'approved') return 'run';
  const isLeft = status === 'recovering' && recovery?.status === 'approved';
  if (planned.takenBackFrom && (status === planned.takenBackFrom || isLeft)) return 'recover';
  const isPickedUp = isAlone && (workerGoesOn.has(status) || workerGoesOn.has(recovery?.status ?? ''));
  return isPickedUp ? undefined : broken;
}

const deadEnds: ReadonlySet<string> = new Set([
  'denied',
  'rejected',
  'cancelled',
  'stuck',
  'partly-rolled-back',
  'recovered-forward',
  'finished',
  'closed',
  'rolled-back',
]);

function isOver({ planned, row }: Followed): boolean {
  if (!row) return false;
  if (row.status === planned.end || deadEnds.has(row.status)) return true;
  return row.recovery !== null && ['failed', 'partly-applied', 'stuck'].includes(row.recovery.status);
}
