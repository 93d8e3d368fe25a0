import type { ScratchServer } from '../model/scratch.ts';

export interface ScratchOptions {
  /** Of a PostgreSQL that is given; without it an embedded one is started. */
  readonly url?: string;
  /** For the embedded one: an archive of an initialised database, so that none has to be initialised. */
  readonly template?: string;
  /** For the embedded one: what CREATE EXTENSION will ask for. */
  readonly extensions: readonly string[];
  /** How long one message to it may take, in milliseconds. */
  readonly timeout: number;
}

/** A place for scratch databases. Faults: `invalid-input`, `unreachable`, `credential-invalid`. */
export async function scratchPostgres({ url, ...options }: ScratchOptions): Promise<ScratchServer> {
  if (url !== undefined) {
    const { givenPostgres } = await import('./scratch-postgres-given.ts');
    return givenPostgres({ url, timeout: options.timeout });
  }
  const { embeddedPostgres } = await import('./scratch-postgres-embedded.ts');
  return embeddedPostgres(options);
}
