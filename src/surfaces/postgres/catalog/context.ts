import type { Catalog } from './catalog.ts';
import type { Kind, Oid, Thing } from './thing.ts';

/** A statement would be refused by the server. */
export class Refusal extends Error {}

/** Where a statement is run: on what, and how strictly. */
export interface Context {
  readonly catalog: Catalog;
  /** The schema of names without one. */
  schema: string;
  /** A way there is known to have worked, so what does not fit means that something was not read; a way back is not. */
  readonly isStrict: boolean;
  readonly isTransactional: boolean;
}

/** Says that the server would refuse, or goes on where it is known not to have. */
export function refuse(context: Context, why: string): void {
  if (context.isStrict) throw new Refusal(why);
}

interface Made {
  readonly kind: Kind;
  readonly schema?: string;
  readonly name: string;
  readonly parent?: Oid;
  readonly goesWith?: readonly Oid[];
  readonly uses?: readonly Oid[];
  readonly facts?: Thing['facts'];
  readonly sql?: string | undefined;
  readonly data?: readonly string[];
}

/** A new thing, put into the catalog. */
export const make = (context: Context, made: Made): Thing => context.catalog.put(thingOf(context, made, false));

/** Something that is spoken of and that nothing that was read has made. */
export function assume(context: Context, made: Made): Thing {
  context.catalog.isComplete = false;
  return context.catalog.assume(thingOf(context, made, true));
}

// Written out, so that all things have one shape: there are very many of them.
const thingOf = (context: Context, made: Made, isAssumed: boolean): Thing => ({
  oid: context.catalog.newOid(),
  kind: made.kind,
  schema: made.schema ?? '',
  name: made.name,
  parent: made.parent,
  goesWith: made.goesWith ?? [],
  uses: made.uses ?? [],
  facts: made.facts ?? {},
  sql: made.sql,
  isAssumed,
  data: made.data,
});

export const change = (context: Context, thing: Thing, to: Partial<Thing>): Thing =>
  context.catalog.put({
    oid: thing.oid,
    kind: thing.kind,
    schema: to.schema ?? thing.schema,
    name: to.name ?? thing.name,
    parent: thing.parent,
    goesWith: to.goesWith ?? thing.goesWith,
    uses: to.uses ?? thing.uses,
    facts: to.facts ?? thing.facts,
    sql: to.sql ?? thing.sql,
    isAssumed: to.isAssumed ?? thing.isAssumed,
    data: to.data ?? thing.data,
  });
export const changeFacts = (context: Context, thing: Thing, facts: Thing['facts']): Thing =>
  change(context, thing, { facts: { ...thing.facts, ...facts } });
