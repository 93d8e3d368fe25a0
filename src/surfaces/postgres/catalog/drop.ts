import { changeFacts, refuse, type Context } from './context.ts';
import { marked, type Oid, type Thing } from './thing.ts';

/**
 * Takes things away with all that goes with them. What only uses them keeps them there, unless it is told to go too; of
 * a column that only asks one of them for its default, the default goes.
 */
export function drop(context: Context, roots: readonly Thing[], isCascade: boolean): void {
  const gone = new Map<Oid, Thing>();
  const open = [...roots];
  while (open.length > 0) {
    takeAlong(context, open, gone);
    for (const user of usersOf(context, gone)) {
      if (!isCascade)
        refuse(context, `cannot drop ${first(roots)} because other objects depend on it (${user.kind} ${user.name})`);
      if (!loosened(context, user, gone)) open.push(user);
    }
  }
  for (const thing of gone.values()) context.catalog.remove(thing);
}

/** Their parts, and what goes with them. */
function takeAlong(context: Context, open: Thing[], gone: Map<Oid, Thing>): void {
  for (let thing = open.pop(); thing; thing = open.pop()) {
    const { oid } = thing;
    if (gone.has(oid)) continue;
    gone.set(oid, thing);
    open.push(
      ...context.catalog.parts(oid),
      ...context.catalog.users(oid).filter((user) => user.goesWith.includes(oid)),
    );
  }
}

const first = ([root]: readonly Thing[]): string => (root ? `${root.kind} ${root.name}` : 'it');

const usersOf = (context: Context, gone: ReadonlyMap<Oid, Thing>): readonly Thing[] =>
  [...gone.keys()].flatMap((oid) =>
    context.catalog.users(oid).filter((user) => !gone.has(user.oid) && user.uses.includes(oid)),
  );

/** Whether the thing stays, without its default. */
function loosened(context: Context, user: Thing, gone: ReadonlyMap<Oid, Thing>): boolean {
  const given = user.facts['default'];
  if (
    user.kind !== 'column' ||
    typeof given !== 'string' ||
    marked(String(user.facts['type'] ?? '')).some((oid) => gone.has(oid))
  )
    return false;
  const uses = user.uses.filter((oid) => !gone.has(oid));
  changeFacts(context, { ...user, uses }, { default: undefined });
  return true;
}
