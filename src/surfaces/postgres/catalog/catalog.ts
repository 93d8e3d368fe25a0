import type { Kind, Oid, Thing } from './thing.ts';

/** One thing as it was before a statement and as it is after it. */
export interface Edit {
  readonly before: Thing | undefined;
  readonly after: Thing | undefined;
}

/** Things by identity; a state that is gone is not kept, but can be gone back to. */
export interface Snapshot {
  get(oid: Oid): Thing | undefined;
}

type Space = 'relation' | 'type' | 'function' | 'schema' | 'extension' | 'other';
const spaces: Partial<Record<Kind, Space>> = {
  table: 'relation',
  view: 'relation',
  sequence: 'relation',
  index: 'relation',
  type: 'type',
  function: 'function',
  schema: 'schema',
  extension: 'extension',
  other: 'other',
};

/** As the server keeps them apart: relations share one space, what is part of a thing has its own there. */
const keysOf = (thing: Thing): readonly string[] => {
  const space = spaces[thing.kind];
  if (space !== undefined) return [`${space}:${thing.schema}.${thing.name}`];
  const own = `${thing.kind}:${thing.parent}.${thing.name}`;
  return thing.kind === 'constraint' && thing.facts['index'] === true
    ? [own, `relation:${thing.schema}.${thing.name}`]
    : [own];
};

/**
 * The schema as the migrations make it. Each edit is logged, so that a migration can be tried and taken back at the cost
 * of what it touched, not of the whole.
 */
export class Catalog implements Snapshot {
  /** Whether all that is there was made by what was read: no migration has spoken of anything else. */
  isComplete: boolean;
  /** Whether earlier migrations were read at all. */
  readonly hasHistory: boolean;
  readonly #things = new Map<Oid, Thing>();
  readonly #names = new Map<string, Oid>();
  readonly #parts = new Map<Oid, Set<Oid>>();
  readonly #users = new Map<Oid, Set<Oid>>();
  readonly #log: Edit[] = [];
  /** What was touched since all was settled, as it was then. */
  readonly #start = new Map<Oid, Thing | undefined>();
  /** Names of what was taken away and has not come back. */
  readonly #gone = new Set<string>();
  #last = 0;

  constructor(hasHistory = true) {
    this.isComplete = hasHistory;
    this.hasHistory = hasHistory;
  }

  newOid(): Oid {
    this.#last += 1;
    return this.#last;
  }

  get(oid: Oid): Thing | undefined {
    return this.#things.get(oid);
  }

  /** As it was when all was last settled. */
  get start(): Snapshot & { readonly touched: Iterable<Oid> } {
    return {
      get: (oid) => (this.#start.has(oid) ? this.#start.get(oid) : this.#things.get(oid)),
      touched: this.#start.keys(),
    };
  }

  relation(schema: string, name: string): Thing | undefined {
    return this.#named(`relation:${schema}.${name}`);
  }

  named(kind: Kind, schema: string, name: string): Thing | undefined {
    const found = this.#named(`${spaces[kind] ?? kind}:${schema}.${name}`);
    return found?.kind === kind ? found : undefined;
  }

  part(kind: Kind, parent: Oid, name: string): Thing | undefined {
    return this.#named(`${kind}:${parent}.${name}`);
  }

  /** It was there, and something that was read took it away. */
  isGone(schema: string, name: string): boolean {
    return this.#gone.has(`relation:${schema}.${name}`);
  }

  isPartGone(kind: Kind, parent: Oid, name: string): boolean {
    return this.#gone.has(`${kind}:${parent}.${name}`);
  }

  /** In the order in which they were made. */
  parts(parent: Oid, kind?: Kind): readonly Thing[] {
    const all = [...(this.#parts.get(parent) ?? [])].flatMap((oid) => this.#things.get(oid) ?? []);
    return kind === undefined ? all : all.filter((thing) => thing.kind === kind);
  }

  /** What cannot stay, or goes too, when this goes; its parts are not among them. */
  users(oid: Oid): readonly Thing[] {
    return [...(this.#users.get(oid) ?? [])].flatMap((user) => this.#things.get(user) ?? []);
  }

  all(kind: Kind): readonly Thing[] {
    return [...this.#things.values()].filter((thing) => thing.kind === kind);
  }

  put(thing: Thing): Thing {
    this.#note({ before: this.#things.get(thing.oid), after: thing });
    this.#place(thing);
    return thing;
  }

  /** It was there before anything that was read: no going back takes it away. */
  assume(thing: Thing): Thing {
    this.#place(thing);
    return thing;
  }

  remove(thing: Thing): void {
    if (!this.#things.has(thing.oid)) return;
    this.#note({ before: this.#things.get(thing.oid), after: undefined });
    const now = this.#things.get(thing.oid) ?? thing;
    this.#displace(now);
    for (const key of keysOf(now)) this.#gone.add(key);
  }

  mark(): number {
    return this.#log.length;
  }

  since(mark: number): readonly Edit[] {
    return this.#log.slice(mark);
  }

  goBackTo(mark: number): void {
    for (const { before, after } of this.#log.splice(mark).toReversed()) {
      if (after) this.#displace(after);
      if (before) this.#place(before);
    }
  }

  /** What was done is done: nothing before this can be gone back to. */
  settle(): void {
    for (const { after } of this.#log) {
      const now = after && this.#things.get(after.oid);
      if (now?.data !== undefined) this.#things.set(now.oid, { ...now, data: undefined });
    }
    this.#log.length = 0;
    this.#start.clear();
  }

  #note(edit: Edit): void {
    const oid = edit.before?.oid ?? edit.after?.oid;
    if (oid !== undefined && !this.#start.has(oid)) this.#start.set(oid, edit.before);
    this.#log.push(edit);
  }

  #named(key: string): Thing | undefined {
    const oid = this.#names.get(key);
    return oid === undefined ? undefined : this.#things.get(oid);
  }

  #place(thing: Thing): void {
    const before = this.#things.get(thing.oid);
    if (before) {
      if (!isPlacedAlike(before, thing)) this.#displace(before);
      else {
        this.#things.set(thing.oid, thing);
        return;
      }
    }
    this.#things.set(thing.oid, thing);
    for (const key of keysOf(thing)) {
      this.#names.set(key, thing.oid);
      this.#gone.delete(key);
    }
    if (thing.parent !== undefined) addTo(this.#parts, thing.parent, thing.oid);
    for (const used of [...thing.uses, ...thing.goesWith]) addTo(this.#users, used, thing.oid);
  }

  #displace(thing: Thing): void {
    this.#things.delete(thing.oid);
    for (const key of keysOf(thing)) if (this.#names.get(key) === thing.oid) this.#names.delete(key);
    if (thing.parent !== undefined) this.#parts.get(thing.parent)?.delete(thing.oid);
    for (const used of [...thing.uses, ...thing.goesWith]) this.#users.get(used)?.delete(thing.oid);
  }
}

const isPlacedAlike = (a: Thing, b: Thing): boolean =>
  a.name === b.name &&
  a.schema === b.schema &&
  a.parent === b.parent &&
  a.uses === b.uses &&
  a.goesWith === b.goesWith &&
  a.facts['index'] === b.facts['index'];

function addTo(map: Map<Oid, Set<Oid>>, key: Oid, value: Oid): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}
