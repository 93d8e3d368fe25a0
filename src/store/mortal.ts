import type { PGlite } from '@electric-sql/pglite';

/** The parts of the WebAssembly module that PGlite calls for every message. */
const loopOnce = '_PostgresMainLoopOnce';
interface Loop {
  [loopOnce](): void;
  stackRestore(to: number): void;
}

/** How PostgreSQL leaves a statement that failed: the only throw after which it goes on. */
const longJump = 100;

/**
 * PGlite goes on after everything that PostgreSQL throws, also after its own death (a panic, a full disk under its log,
 * a failed fsync): it would call the dead program again and again for ever, or answer as if nothing had been. With this,
 * the first such throw ends the query, and every later one.
 * @param lastWords what PostgreSQL said last of why it ends
 */
export function makeMortal(lite: PGlite, lastWords: () => string): void {
  const module = lite.Module as unknown as Loop;
  const { [loopOnce]: once, stackRestore } = module;
  let death: Error | undefined;
  module[loopOnce] = () => {
    if (death) throw death;
    try {
      once();
    } catch (thrown) {
      if ((thrown as { status?: unknown }).status !== longJump) death = diedOf(thrown, lastWords());
      throw thrown;
    }
  };
  module.stackRestore = (to) => {
    stackRestore(to);
    if (death) throw death; // the only way out of PGlite's loop
  };
}

/** As the error that a PostgreSQL elsewhere would have sent: internal, unless the system said what it was. */
export function diedOf(thrown: unknown, lastWords: string): Error {
  const { code, message } = thrown as NodeJS.ErrnoException;
  const error = new Error(lastWords || message || 'the embedded database has ended', { cause: thrown });
  return Object.assign(error, { code: code ?? 'XX000', severity: 'PANIC' });
}
