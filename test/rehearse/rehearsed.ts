import type { RehearsedArtifact } from '#src/model/rehearsal.ts';
import type { ScratchServer } from '#src/model/scratch.ts';
import { extensionsIn } from '#src/pipeline/rehearse-extensions.ts';
import { rehearse } from '#src/pipeline/rehearse.ts';
import { builtTemplate } from '#src/store/first-start.ts';
import { migrationsOf } from '#src/surfaces/migrations.ts';
import { scratchPostgres } from '#src/systems/scratch-postgres.ts';

/** An up, and the down that belongs to it. */
export type Pair = readonly [up: string, down?: string];

/** Files as golang-migrate names them. */
const filesOf = (pairs: readonly Pair[], mark = '') =>
  pairs.flatMap(([up, down], i) => [
    { path: `${i + 1}_step${mark}.up.sql`, after: up },
    ...(down === undefined ? [] : [{ path: `${i + 1}_step${mark}.down.sql`, after: down }]),
  ]);

/** Every pair, each after those before it. */
export async function rehearsed(
  server: ScratchServer,
  pairs: readonly Pair[],
  mark = '',
): Promise<readonly RehearsedArtifact[]> {
  const signal = new AbortController().signal;
  return (await rehearse(server, migrationsOf(filesOf(pairs, mark)), { signal })).artifacts;
}

/** The last of them. */
export async function lastRehearsed(
  server: ScratchServer,
  pairs: readonly Pair[],
  mark = '',
): Promise<RehearsedArtifact> {
  const last = (await rehearsed(server, pairs, mark)).at(-1);
  if (!last) throw new Error('nothing was rehearsed');
  return last;
}

export const rulesOf = ({ findings }: RehearsedArtifact): readonly string[] => findings.map((one) => one.rule);

/** An embedded server, with every extension that these texts speak of. */
export async function embedded(texts: readonly string[] = [], timeout = 20_000): Promise<ScratchServer> {
  const extensions = extensionsIn(migrationsOf(filesOf(texts.map((text) => [text]))));
  const template = builtTemplate();
  return scratchPostgres({ extensions, timeout, ...(template !== undefined && { template }) });
}
