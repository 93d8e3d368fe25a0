/**
 * A place for one pipeline test: a real store of its own, a folder of real files, and the real operation on them. What
 * a test needs to go wrong goes wrong in the world (a file is edited, replaced, removed), or at a named stop point.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeKeyring } from '#src/evidence/keyring.ts';
import type { Actor, ChangeId, OperationName, StepId } from '#src/model/ids.ts';
import type { AnyOperation } from '#src/model/operation.ts';
import type { Proposal } from '#src/model/proposal.ts';
import type { Recourse } from '#src/model/recourse.ts';
import type { ChangeView } from '#src/model/view.ts';
import { operations } from '#src/operations/registry.ts';
import type { Deps } from '#src/pipeline/deps.ts';
import { localRecourse } from '#src/pipeline/local-recourse.ts';
import { openStore } from '#src/store/open.ts';
import { ambient } from '#src/systems/host.ts';

import { catalogue } from '../catalogue.ts';

export interface Scene {
  readonly deps: Deps;
  readonly as: (by: Actor) => Recourse;
  /** Makes a file of mode 0644 and answers its path. */
  file(name: string): string;
  close(): Promise<void>;
}

export async function openScene(): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'recourse-'));
  const store = await openStore({ url: join(folder, 'data'), ambient });
  const keyring = makeKeyring(randomBytes(32), (bytes) => randomBytes(bytes));
  const deps: Deps = {
    store,
    keyring,
    ambient,
    ...catalogue,
    stopAfter: () => {},
  };
  return {
    deps,
    as: (by) => localRecourse(deps, by),
    file(name) {
      const path = join(folder, name);
      writeFileSync(path, name);
      chmodSync(path, 0o644);
      return path;
    },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8).padStart(4, '0');

/** A proposal that sets each of these files to 0600. */
export const tighten = (paths: readonly string[], more: Readonly<Record<string, string>> = {}): Proposal => ({
  title: 'Tighten',
  environment: 'test',
  steps: paths.map((path) => ({ ...more, 'linux.set-file-mode': { path, mode: '0600' } })) as Proposal['steps'],
});

/** Proposed by ana, approved by ben, run. */
export async function applied(scene: Scene, proposal: Proposal): Promise<ChangeView> {
  const { id } = await scene.as('local:ana').propose(proposal);
  await scene.as('local:ben').approve(id, {});
  return scene.as('local:ana').run(id, {});
}

/** The same scene, with the real operation on a file's mode altered; everything else of it stays real. */
export function withOperation(scene: Scene, altered: (real: AnyOperation) => Partial<AnyOperation>): Scene {
  const name: OperationName = 'linux.set-file-mode';
  const real = operations[name]!;
  const deps: Deps = { ...scene.deps, operations: { ...operations, [name]: { ...real, ...altered(real) } } };
  return { ...scene, deps, as: (by) => localRecourse(deps, by) };
}

/** What a stopped process leaves: everything up to the point, and nothing after it. */
export function stoppingAfter(scene: Scene, point: string, step?: string): Scene {
  const deps: Deps = {
    ...scene.deps,
    stopAfter(reached, of) {
      if (reached === point && (step === undefined || step === of)) throw new Stopped(point);
    },
  };
  return { ...scene, deps, as: (by) => localRecourse(deps, by) };
}

/** Thrown where a real process would have been killed. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

export const stepOf = ({ steps }: ChangeView, id: string) => steps.find((step) => step.id === (id as StepId));
export const factsOf = async (scene: Scene, id: ChangeId): Promise<readonly string[]> =>
  (await scene.as('local:ana').facts(id)).map(({ fact }) => fact.fact);
