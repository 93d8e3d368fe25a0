import type { Reading, SourceFile } from '../../model/artifact.ts';
import { Fault } from '../../model/fault.ts';
import { afterItsSource, replacedOnlyNow, replacedOnlyOnReturn, staysWithItsSource } from './dependents.ts';
import { Drifts } from './drifts.ts';
import { elementIn, exactElementIn, textOf } from './element-in.ts';
import { JsonScanner, type Found } from './json-scanner.ts';
import { LikelyMoves } from './likely-moves.ts';
import type { Drift, LikelyMove, PlanFile } from './plan-file.ts';
import { isUntouched, plannedChange, type JudgedChange, type PlannedChange, type Position } from './planned-change.ts';
import { returnsOf } from './returns-of.ts';

export type PlanArtifact = JudgedChange | PlanFile | Drift | LikelyMove;

const wanted = {
  format_version: 'value',
  errored: 'value',
  complete: 'value',
  resource_drift: 'elements',
  resource_changes: 'elements',
} as const;

/** Bytes of changes that are held back until all are known, since one may depend on another; then they go out as they come. */
const mostHeld = 4 * 1024 * 1024;

/** A file with more elements than these that cannot be read is no plan. */
const mostFaults = 100;

const advice =
  'Give the output of `terraform show -json PLAN` (or `tofu show -json PLAN`), or the saved plan with --plan.';

/** Reads a plan as it comes, in one pass. What was read before a fault stands. */
export async function* readPlan(file: SourceFile): AsyncIterable<Reading<PlanArtifact>> {
  const plan = new PlanReading(file.path);
  try {
    for await (const chunk of chunksOf(file)) yield* plan.push(chunk);
    yield* plan.end();
  } catch (error) {
    const fault = Fault.from(error);
    const isOurs = fault.code === 'invalid-input' && fault.advice === 'Correct the input and try again.';
    yield {
      path: file.path,
      unread: isOurs ? new Fault(fault.code, fault.message, { advice, ...(fault.at && { at: fault.at }) }) : fault,
    };
  }
}

async function* chunksOf({ after, chunks }: SourceFile): AsyncIterable<Uint8Array> {
  if (chunks) yield* chunks();
  else yield Buffer.from(after ?? '');
}

class PlanReading {
  readonly #path: string;
  readonly #scanner: JsonScanner;
  readonly #moves = new LikelyMoves();
  readonly #drifts = new Drifts();
  #held: PlannedChange[] = [];
  /** What the plan leaves as it is: looked at only where the way back replaces something. */
  #quiet: Found[] = [];
  #bytesHeld = 0;
  #isHolding = true;
  #isPlan = false;
  #hasChanges = false;
  #isErrored = false;
  #faults = 0;
  #isComplete = true;

  constructor(path: string) {
    this.#path = path;
    this.#scanner = new JsonScanner(wanted, path);
  }

  *push(chunk: Uint8Array): Iterable<Reading<PlanArtifact>> {
    for (const found of this.#scanner.push(chunk))
      if (found.key === 'resource_changes' || found.key === 'resource_drift') yield* this.#element(found);
      else this.#told(found);
  }

  *end(): Iterable<Reading<PlanArtifact>> {
    this.#scanner.end();
    if (!this.#isPlan)
      throw new Fault('invalid-input', `${this.#path} is JSON, but not a plan.`, { advice, at: `${this.#path}:1:1` });
    yield* this.#settled();
    for (const drift of this.#hasChanges ? [] : this.#drifts.all()) yield { path: drift.name, after: drift };
    for (const move of this.#moves.pairs()) yield { path: move.from, after: move };
    if (this.#isErrored || !this.#isComplete) {
      const at = { path: this.#path, line: 1, column: 1 };
      yield {
        path: this.#path,
        after: { kind: 'plan', isErrored: this.#isErrored, isComplete: this.#isComplete, at },
      };
    }
  }

  /** One element that cannot be read keeps no other from being read. */
  *#element(found: Found): Iterable<Reading<PlanArtifact>> {
    try {
      if (found.key === 'resource_changes') yield* this.#changed(found);
      else this.#drifts.add(plannedChange(elementIn(found, this.#path), this.#positionOf(found)));
    } catch (error) {
      if (!(error instanceof Fault) || ++this.#faults > mostFaults) throw error;
      yield { path: this.#path, unread: error };
    }
  }

  #told(found: Found): void {
    const value = elementIn(found, this.#path);
    if (found.key === 'errored') this.#isErrored = value === true;
    else if (found.key === 'complete') this.#isComplete = value !== false;
    else if (typeof value === 'string' && !/^[01]\./.test(value))
      throw new Fault(
        'invalid-input',
        `${this.#path} has the plan format ${JSON.stringify(value.slice(0, 20))}; only 0 and 1 are known here.`,
        { advice: 'Use a release of Recourse that knows this format.', at: this.#placeOf(found) },
      );
    else this.#isPlan ||= typeof value === 'string';
  }

  *#changed(found: Found): Iterable<Reading<PlanArtifact>> {
    this.#isPlan = true;
    this.#hasChanges = true;
    const at = this.#positionOf(found);
    const text = textOf(found);
    const element = elementIn(found, this.#path, text);
    if (isUntouched(element)) {
      this.#keepQuiet(found);
      return;
    }
    const read = plannedChange(element, at);
    const exact = exactElementIn(found, this.#path, text);
    const change = exact === undefined ? read : plannedChange(exact, at);
    this.#moves.add(change);
    if (this.#hold(found.bytes.length)) {
      this.#held.push(change);
      return;
    }
    yield* this.#settled();
    yield* this.#readingsOf(this.#judged(change));
  }

  #keepQuiet(found: Found): void {
    if (this.#hold(found.bytes.length)) this.#quiet.push({ ...found, bytes: Uint8Array.from(found.bytes) });
  }

  /** Whether there is room to wait for the rest of the plan. */
  #hold(bytes: number): boolean {
    this.#bytesHeld += bytes;
    if (this.#bytesHeld > mostHeld) this.#isHolding = false;
    return this.#isHolding;
  }

  #judged(change: PlannedChange): JudgedChange {
    const { returns, because } = returnsOf(change, { isLost: this.#drifts.isLost(change.address) });
    return { ...change, returns, because };
  }

  *#settled(): Iterable<Reading<PlanArtifact>> {
    const held = this.#held.map((change) => this.#judged(change));
    const [later, once] = [replacedOnlyOnReturn(held), replacedOnlyNow(held)];
    for (const one of held) yield* this.#readingsOf(settled(one, later, once));
    for (const found of later.size > 0 ? this.#quiet : []) {
      const change = plannedChange(elementIn(found, this.#path), this.#positionOf(found));
      const back = change.isData ? undefined : afterItsSource(change, later);
      if (back) yield readingOf({ ...change, returns: 'none', because: undefined, ...back });
    }
    this.#held = [];
    this.#quiet = [];
  }

  *#readingsOf(change: JudgedChange): Iterable<Reading<PlanArtifact>> {
    yield readingOf(change);
    const drift = this.#drifts.undoneBy(change);
    if (drift) yield { path: change.name, after: drift };
  }

  #positionOf({ at }: Found): Position {
    return { path: this.#path, ...at };
  }

  #placeOf({ at }: Found): string {
    return `${this.#path}:${at.line}:${at.column}`;
  }
}

function settled(
  one: JudgedChange,
  later: ReadonlyMap<string, string>,
  once: ReadonlyMap<string, string>,
): JudgedChange {
  if (once.size > 0 && staysWithItsSource(one, once))
    return { ...one, returns: 'none', because: 'What it refers to is replaced this once, and stays on the way back.' };
  const mayFollow = later.size > 0 && (one.returns === 'update' || one.returns === 'none');
  return mayFollow ? { ...one, ...afterItsSource(one, later) } : one;
}

const readingOf = (change: JudgedChange): Reading<PlanArtifact> => ({
  path: change.name,
  returns: change.returns,
  after: change,
});
