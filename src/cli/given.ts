import type { SourceFile } from '../model/artifact.ts';
import type { Instant } from '../model/ids.ts';
import type { Policies } from '../model/policy.ts';
/**
 * What the command line is given: a terminal, files, and the ways to reach Recourse. `main.ts` makes it; everything
 * here is written against it, so a command does not know whether a store or a server answers it.
 */
import type { Recourse } from '../model/recourse.ts';
import type { Rehearsed } from '../model/rehearsal.ts';
import type { Sources } from '../model/sources.ts';
import type { SurfaceRegistry } from '../model/surface.ts';
import type { Catalogue } from '../pipeline/deps.ts';
import type { Terminal } from './terminal.ts';

/** Where to find Recourse; what is left out comes from the environment. */
export interface Where {
  readonly data?: string;
  readonly database?: string;
  readonly server?: string;
}

export interface Opened {
  readonly recourse: Recourse;
  /** `store`: this process works the jobs itself; `server`: a running server does. */
  readonly through: 'store' | 'server';
  close(): Promise<void>;
}

export interface ServeOptions extends Where {
  readonly host: string;
  readonly port: number;
  /** Names by which others know the server, besides `localhost`. */
  readonly hosts?: readonly string[];
  readonly concurrency: number;
}

export interface Given {
  readonly terminal: Terminal;
  readonly version: string;
  readonly cwd: string;
  now(): Instant;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
  open(where: Where): Promise<Opened>;
  /** Operations, checks and systems, without any store. */
  catalogue(): Promise<Catalogue>;
  /** What assess knows of artifacts. */
  surfaces(): Promise<SurfaceRegistry>;
  /** Migrations among these files, really done and undone. Faults: those of the server, `invalid-input`, `interrupted`. */
  rehearse(files: readonly SourceFile[], options: RehearseWith): Promise<Rehearsed>;
  /** The policies of a file, else of the environment. Faults: `not-found`, `invalid-input`. */
  policies(path?: string): Promise<Policies | undefined>;
  readonly sources: Sources;
  /** The text of a file, or of standard input for `-`. Faults: `not-found`, `invalid-input`. */
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
  /** The value behind `env:NAME`, `file:PATH` or `stdin`. */
  secret(reference: string): Promise<string>;
  /** The evidence in a file, or standard input for `-`, verified byte for byte. */
  verify(path: string, key: string | undefined): Promise<Verified>;
  serve(options: ServeOptions): Promise<void>;
  work(options: Where & { readonly concurrency: number }): Promise<void>;
  backup(file: string, where: Where): Promise<{ readonly bytes: number }>;
  restore(file: string, where: Where & { readonly force: boolean }): Promise<{ readonly changes: number }>;
  rebuild(where: Where): Promise<number>;
  doctor(where: Where): Promise<readonly DoctorLine[]>;
}

export interface RehearseWith {
  /** A PostgreSQL that scratch databases are made on; without it an embedded one is started. */
  readonly database?: string;
  readonly only?: readonly string[];
  readonly onProgress?: (done: number, all: number, path: string) => void;
}

/** What the verification of an evidence file came to. */
export type Verified =
  | { readonly valid: true; readonly change: string; readonly facts: number; readonly keyFingerprint: string }
  | { readonly valid: false; readonly at: number | 'seal'; readonly because: string };

/** One thing that was looked at. */
export interface DoctorLine {
  readonly what: string;
  readonly answer: 'yes' | 'no' | 'unknown';
  readonly seen: string;
}
