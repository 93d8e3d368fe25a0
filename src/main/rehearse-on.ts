import type { RehearseWith } from '../cli/given.ts';
import type { SourceFile } from '../model/artifact.ts';
import type { Rehearsed } from '../model/rehearsal.ts';

/** Faults: `invalid-input`, `interrupted`, and those of the server. */
export async function rehearseOn(
  files: readonly SourceFile[],
  { database, ...options }: RehearseWith,
  signal: AbortSignal,
): Promise<Rehearsed> {
  const [{ migrationsOf }, { rehearse }, { extensionsIn }, { scratchPostgres }, { builtTemplate }] = await Promise.all([
    import('../surfaces/migrations.ts'),
    import('../pipeline/rehearse.ts'),
    import('../pipeline/rehearse-extensions.ts'),
    import('../systems/scratch-postgres.ts'),
    import('../store/first-start.ts'),
  ]);
  const migrations = migrationsOf(files);
  const template = builtTemplate();
  const at = database === undefined ? { ...(template !== undefined && { template }) } : { url: database };
  const server = await scratchPostgres({ ...at, extensions: extensionsIn(migrations), timeout: 60_000 });
  try {
    return await rehearse(server, migrations, { ...options, signal });
  } finally {
    await server.close();
  }
}
