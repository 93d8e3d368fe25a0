import type { LikelyMove } from './plan-file.ts';
import type { PlanObject } from './plan-value.ts';
import type { PlannedChange, Position } from './planned-change.ts';

/** An object that a plan makes or destroys, as far as it can be compared. */
interface Side {
  readonly address: string;
  readonly name: string;
  readonly type: string;
  readonly reason: string;
  /** `attribute=value`, of plain values only. */
  readonly marks: ReadonlySet<string>;
  readonly at: Position;
}

/** More objects than these are not compared; with so many a plan is not a rename. */
const most = 500;
/** So much of what the new object is known to have must be the same. */
const alike = 0.8;

/** Collects what a plan creates and destroys, and finds which pairs are one object under two addresses. */
export class LikelyMoves {
  readonly #created = new Map<string, Side[]>();
  readonly #destroyed = new Map<string, Side[]>();
  #count = 0;

  add(change: PlannedChange): void {
    if (change.isData || change.isDeposed || change.previousAddress !== undefined || this.#count >= most) return;
    const { action, address, name, type, reason, at } = change;
    if (action !== 'create' && action !== 'delete') return;
    this.#count++;
    const marks = marksOf(action === 'create' ? change.after : change.before);
    const sides = action === 'create' ? this.#created : this.#destroyed;
    const side = { address, name, type, reason, marks, at };
    const others = sides.get(type);
    if (others) others.push(side);
    else sides.set(type, [side]);
  }

  pairs(): readonly LikelyMove[] {
    return [...this.#destroyed].flatMap(([type, destroyed]) =>
      pairsOf(destroyed, [...(this.#created.get(type) ?? [])]),
    );
  }
}

function pairsOf(destroyed: readonly Side[], created: Side[]): readonly LikelyMove[] {
  const pairs: LikelyMove[] = [];
  for (const from of destroyed) {
    const [best] = created
      .map((to) => ({ to, likeness: likenessOf(from, to) }))
      .filter(({ likeness }) => likeness >= alike)
      .toSorted((a, b) => b.likeness - a.likeness);
    if (!best) continue;
    created.splice(created.indexOf(best.to), 1);
    pairs.push({ kind: 'likely-move', from: from.name, to: best.to.name, type: from.type, at: from.at });
  }
  return pairs;
}

/** From 0 to 1, by how much of the new object the old one has; one and the same block in another shape is enough. */
function likenessOf(from: Side, to: Side): number {
  if (from.reason === 'delete_because_wrong_repetition' && withoutKeys(from.address) === withoutKeys(to.address))
    return 1;
  const same = [...to.marks].filter((mark) => from.marks.has(mark)).length;
  return to.marks.size < 2 || same < 2 ? 0 : same / to.marks.size;
}

/** `module.a["x"].aws_eip.b[0]` → `module.a.aws_eip.b` */
const withoutKeys = (address: string): string => address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');

function marksOf(values: PlanObject): ReadonlySet<string> {
  const marks = new Set<string>();
  for (const [key, value] of Object.entries(values))
    if (
      (typeof value === 'string' && value !== '' && value.length < 4096) ||
      typeof value === 'number' ||
      value === true
    )
      marks.add(`${key}=${String(value)}`);
  return marks;
}
