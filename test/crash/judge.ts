/** The end of a campaign: everything is read once more, and what the observer saw is held against the record. */
import { readFile } from 'node:fs/promises';

import { makeKeyring } from '#src/evidence/keyring.ts';
import { parseMasterKey } from '#src/evidence/master-key.ts';
import { nodePrimitives } from '#src/evidence/node-primitives.ts';
import { verify } from '#src/evidence/verify.ts';
import type { ChangeId, Hash } from '#src/model/ids.ts';
import type { Chain } from '#src/model/state.ts';
import type { Store } from '#src/model/store.ts';
import type { ChangePage } from '#src/model/view.ts';
import { localRecourse } from '#src/pipeline/local-recourse.ts';
import { openStore } from '#src/store/open.ts';
import { ambient } from '#src/systems/host.ts';

import { catalogue } from '../catalogue.ts';
import type { Followed } from './crowd.ts';
import { doubledIn, type Effect, effectsIn, lostCalls, lostRecords, recordedCalls, wrongFiles } from './observer.ts';
import type { Stage } from './stage.ts';

export interface Judgement {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly wrongEnd: readonly string[];
  /** Evidence that does not verify, and a list that is not what the facts make of it. */
  readonly broken: readonly string[];
  /** Outcomes that nobody had recorded, by what a look said. */
  readonly settled: ReadonlyMap<string, number>;
  readonly changes: number;
  readonly recoveries: number;
  readonly facts: number;
  readonly effects: number;
  readonly confirmed: number;
}

export async function judge(stage: Stage, key: string): Promise<Judgement> {
  const store = await openStore({ url: stage.url, ambient });
  try {
    const effects = effectsIn(await textOf(stage.effectLog));
    const confirmed = await textOf(stage.confirmed);
    const hashes = new Map<ChangeId, readonly Hash[]>();
    const settled = new Map<string, number>();
    const lost: string[] = [];
    const wrongEnd: string[] = [];
    for (const one of stage.crowd.all) {
      const own = await chainsOf(store, one);
      for (const { id, evidence } of own) {
        hashes.set(
          id,
          evidence.map(({ hash }) => hash),
        );
        for (const { fact } of evidence)
          if (fact.fact === 'settled') settled.set(fact.as, (settled.get(fact.as) ?? 0) + 1);
      }
      const judged = await judgeOne(store, one, own, effects);
      lost.push(...judged.lost);
      wrongEnd.push(...judged.wrongEnd);
    }
    lost.push(...lostRecords(confirmed, (change, seq) => hashes.get(change)?.[seq - 1]));
    return {
      lost,
      doubled: doubledIn(effects, stage.killed),
      wrongEnd,
      broken: [...(await brokenChains(store, [...hashes.keys()], key)), ...(await brokenList(store))],
      settled,
      changes: stage.crowd.all.length,
      recoveries: hashes.size - stage.crowd.all.length,
      facts: [...hashes.values()].flat().length,
      effects: effects.length,
      confirmed: confirmed.split('\n').length - 1,
    };
  } finally {
    await store.close();
  }
}

/** The chain of a change, then those of what recovered it; none when it was never proposed. */
async function chainsOf(store: Store, { id }: Followed): Promise<readonly Chain[]> {
  if (!id) return [];
  const chain = await store.read(id);
  const recoveries = chain.state?.recoveries ?? [];
  return [chain, ...(await Promise.all(recoveries.map(({ change }) => store.read(change))))];
}

async function judgeOne(
  store: Store,
  { planned }: Followed,
  chains: readonly Chain[],
  effects: readonly Effect[],
): Promise<{ readonly lost: readonly string[]; readonly wrongEnd: readonly string[] }> {
  const [state] = chains.map((chain) => chain.state);
  if (!state) return { lost: [], wrongEnd: [`${planned.name} was never proposed, or is gone`] };
  const lost = lostCalls(recordedCalls(chains.flatMap((chain) => chain.state ?? [])), effects);
  const files = await wrongFiles(planned);
  if (state.status !== planned.end)
    return { lost, wrongEnd: [`${planned.name} (${planned.life}) is ${state.status}:\n${told(chains)}`, ...files] };
  const leases = (await Promise.all(chains.map(({ id }) => store.leases(id)))).flat();
  // At its end everything that was done is on record: what is not there was lost.
  return {
    lost: [...lost, ...files],
    wrongEnd: leases.map((lease) => `${planned.name} is at rest, and holds ${lease}`),
  };
}

async function brokenChains(store: Store, ids: readonly ChangeId[], key: string): Promise<readonly string[]> {
  const keyring = makeKeyring(parseMasterKey(key), ambient.random);
  const deps = {
    ...catalogue,
    store,
    keyring,
    ambient,
    stopAfter: () => undefined,
  };
  const recourse = localRecourse(deps, 'local:crash');
  const broken: string[] = [];
  for (const id of ids) {
    const verdict = await verify(await recourse.exportEvidence(id), nodePrimitives);
    if (!verdict.valid) broken.push(`${id} at ${verdict.at}: ${verdict.because}`);
  }
  return broken;
}

/** The list is kept beside the facts: made anew from them, it must be the same, byte for byte. */
async function brokenList(store: Store): Promise<readonly string[]> {
  const kept = await pagesOf(store);
  await store.rebuild();
  const made = await pagesOf(store);
  return kept.flatMap((page, at) => (page === made[at] ? [] : `page ${at + 1} of the list is not what the facts make`));
}

async function pagesOf(store: Store): Promise<readonly string[]> {
  const pages: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await store.list({ limit: 500, ...(after && { after }) });
    pages.push(page);
    const { next } = JSON.parse(page) as ChangePage;
    if (next === null) return pages;
    after = next;
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** The facts of a change that went wrong, one a line. */
const told = (chains: readonly Chain[]): string =>
  chains
    .flatMap(({ id, evidence }) =>
      evidence.map(({ seq, at, by, fact }) => {
        const { fact: name, ...rest } = fact;
        const about = name === 'proposed' || name === 'analysed' ? '' : JSON.stringify(rest).slice(0, 300);
        return `    ${id} ${seq} ${at} ${by} ${name} ${about}`;
      }),
    )
    .join('\n');
