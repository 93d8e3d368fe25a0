/**
 * Progress is the facts as they come, one line each, on standard error: what a person sees is what was written down,
 * and nothing is shown before it is.
 */
import type { Evidence, Fact } from '../model/fact.ts';
import type { ChangeId } from '../model/ids.ts';
import type { Doing } from './act.ts';
import { harmless, painter } from './terminal.ts';

/** Shows the facts of a change, and of a recovery that opens for it, while `work` goes on. */
export async function withProgress<T>(
  { given, recourse, isJson }: Doing,
  id: ChangeId,
  work: () => Promise<T>,
): Promise<T> {
  if (isJson) return work();
  const ends = new AbortController();
  const paint = painter(given.terminal);
  const followed = new Set<ChangeId>();
  const shown: Promise<void>[] = [];
  const follow = async (change: ChangeId, seq: number): Promise<void> => {
    followed.add(change);
    for await (const record of recourse.watch({ id: change, seq, signal: ends.signal })) {
      const line = lineOf(record, paint);
      if (line) given.terminal.err(`${line}\n`);
      if (record.fact.fact === 'recovery-opened' && !followed.has(record.fact.by))
        shown.push(quietly(follow(record.fact.by, 0)));
    }
  };
  const { head } = await recourse.show(id);
  shown.push(quietly(follow(id, head.seq)));
  try {
    return await work();
  } finally {
    await new Promise((resolve) => setTimeout(resolve, 0)); // the last facts are on their way
    ends.abort();
    await Promise.all(shown);
  }
}

/** What is only shown must not end what is done: the fault of the work itself says what is wrong. */
const quietly = (showing: Promise<void>): Promise<void> => showing.catch(() => undefined);

type Paint = ReturnType<typeof painter>;

const lines: { readonly [Name in Fact['fact']]?: (fact: Extract<Fact, { fact: Name }>, paint: Paint) => string } = {
  started: ({ step, attempt }, paint) =>
    `${paint('moving', '▸')} ${step}  started${attempt > 1 ? `, attempt ${attempt}` : ''}`,
  waiting: ({ step, seen, askAgainAt }, paint) =>
    `${paint('moving', '…')} ${step}  ${harmless(seen)}; asked again at ${askAgainAt}`,
  came: ({ step, seen }, paint) => `${paint('good', '✓')} ${step}  ${harmless(seen)}`,
  applied: ({ step }, paint) => `${paint('good', '✓')} ${step}  applied`,
  failed: ({ step, fault }, paint) => `${paint('bad', '✗')} ${step}  ${fault.code}: ${harmless(fault.message)}`,
  settled: ({ step, as }, paint) =>
    `${paint('person', '◆')} ${step}  nobody had recorded its outcome; it was looked at: ${as}`,
  skipped: ({ step, because }, paint) => `${paint('quiet', '–')} ${step}  skipped: ${harmless(because)}`,
  resolved: ({ step, note }, paint) => `${paint('person', '✓')} ${step}  by hand: ${harmless(note)}`,
  verified: ({ findings }, paint) =>
    findings.length === 0
      ? `${paint('good', '✓')} verified`
      : `${paint('bad', '✗')} verified, and found: ${findings.map(({ message }) => harmless(message)).join('; ')}`,
  'recovery-opened': ({ by, transition }) => `  ${transition} opened: ${by}`,
  'cancel-asked': () => '  it was asked to stop after this step',
  cancelled: () => '  cancelled',
};

function lineOf({ fact }: Evidence, paint: Paint): string | undefined {
  const line = lines[fact.fact] as ((fact: Fact, paint: Paint) => string) | undefined;
  return line?.(fact, paint);
}
