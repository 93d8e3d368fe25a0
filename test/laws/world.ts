import type { Sealed } from '#src/model/sealed.ts';

/** Why something cannot be done in this world; a law that needs it is skipped with these words. */
export interface Impossible {
  readonly why: string;
}

/** A place where one operation can be run for real: fresh for every run, and taken down after it. */
export interface World<Params, Client> {
  readonly client: Client;
  /** Valid, and asking for something that is not so yet. */
  readonly params: Params;
  /** Everything an operation could change here, read without it. Must be equal as long as nothing was changed. */
  fingerprint(): Promise<unknown>;
  /** Somebody changes what the operation sets, behind its back, to neither what was there nor what it sets. */
  readonly edit: (() => Promise<void>) | Impossible;
  /** Somebody puts another thing of the same looks in its place. */
  readonly swap: (() => Promise<void>) | Impossible;
  /** Takes the permission away; answers how to give it back, and what the refusal must name. */
  readonly deny: (() => Promise<Denied>) | Impossible;
  /** Plain secrets that the params stand for. */
  readonly secrets?: readonly string[];
  close(): Promise<void>;
}

export interface Denied {
  readonly names: readonly string[];
  readonly giveBack: () => Promise<void>;
}

export type MakeWorld<Params, Client> = (keys: {
  seal(secret: string, field: string): Promise<Sealed>;
}) => Promise<World<Params, Client>>;
