import type { Fact } from '../src/model/fact.ts';
import type { Chain } from '../src/model/state.ts';
import type { AppendOptions, Store } from '../src/model/store.ts';
import { anApprovedChange, applied, started, verified } from '../test/store/a-change.ts';

export const stepsOfASaga = 10;
/** Claiming it, its first intent, nine outcomes each with the next intent, and the last outcome. */
export const commitsOfASaga = stepsOfASaga + 2;

const paths = (saga: number) => Array.from({ length: stepsOfASaga }, (_, i) => `/saga/${saga % 1000}/${i}`);

/** Approved changes of ten steps, whose run is measured; making them is not. */
export const approvedSagas = (store: Store, count: number): Promise<readonly Chain[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => anApprovedChange(store, { paths: paths(i) })));

/**
 * Runs a saga whose steps do nothing, as the pipeline does: intent before the effect, and the outcome of a step in one
 * append with the intent of the next, each proving ownership.
 */
export async function runSaga(store: Store, approved: Chain): Promise<void> {
  const options = { owner: await store.claim(approved.id) };
  let chain = await tell(store, approved, [started('1')], options);
  for (let step = 1; step < stepsOfASaga; step++)
    chain = await tell(store, chain, [applied(String(step)), started(String(step + 1))], options); // oxlint-disable-line no-await-in-loop -- a step follows a step
  chain = await tell(store, chain, [applied(String(stepsOfASaga)), verified], options);
  if (chain.state?.status !== 'applied') throw new Error(`the saga ended as ${chain.state?.status}`);
}

async function tell(
  store: Store,
  chain: Chain,
  facts: readonly [Fact, ...Fact[]],
  options: AppendOptions,
): Promise<Chain> {
  const told = await store.append([{ chain, facts, by: 'recourse' }], options);
  if (typeof told === 'string') throw new Error(told);
  return told[0];
}

/** So many at once, each the next one when it has ended. */
export async function atOnce<Item>(items: readonly Item[], count: number, work: (item: Item) => Promise<void>) {
  const left = [...items];
  const one = async (): Promise<void> => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await work(item); // oxlint-disable-line no-await-in-loop
  };
  await Promise.all(Array.from({ length: count }, one));
}
