import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeKeyring } from '#src/evidence/keyring.ts';
import type { Sealed } from '#src/model/sealed.ts';
import type { ChangeView } from '#src/model/view.ts';

import type { Canaries } from './canaries.ts';
import type { Stage } from './stage.ts';

const release = `title: Release with secrets
environment: production
steps:
  - id: from-file
    linux.put-file: { path: token.conf, content: { $secret: file:token } }
  - id: removed
    linux.put-file: { path: secret.conf, content: null, secret: true }
  - id: over-other
    linux.put-file: { path: other.conf, content: "nothing secret\\n" }
  - id: from-env
    on: orders-db
    postgres.reset-password: { role: orders, password: { $secret: env:NEW_PASSWORD } }
  - id: generated
    on: orders-db
    postgres.reset-password: { role: reports, password: { $secret: generate } }
  - id: commit
    on: platform
    git.commit-files: { branch: main, message: Release, files: [{ path: app.yaml, content: "replicas: 4\\n" }] }
`;

/** A change of several steps; its push is refused, tried again once it is allowed, and all of it is applied. */
export async function applied({ run, file, remote }: Stage, canaries: Canaries): Promise<string> {
  file('token', canaries.plain('the content of a file, from a file'), 0o600);
  file('token.conf', `${canaries.plain('what a secret file held')}\n`, 0o600);
  file('secret.conf', `${canaries.plain('what a removed secret file held')}\n`, 0o600);
  file('other.conf', canaries.contents('what any file held'), 0o600);
  file('release.yaml', release);
  const env = { NEW_PASSWORD: canaries.plain('the new password of orders, from the environment') };
  await run('recourse propose -f release.yaml --dry-run && recourse propose -f release.yaml --dry-run --json', 0, env);
  const id = await run('recourse propose -f release.yaml -q', 0, env);
  await run(`recourse approve ${id} --note 'looked at'`);
  await run(`recourse run ${id}`, 5);
  await remote.protect();
  await run(`recourse retry ${id} --step commit`);
  return id;
}

/** What whoever has the key can read out of a change: the password that was made. */
export async function generatedPassword({ run }: Stage, key: Uint8Array, id: string): Promise<string> {
  const { steps } = JSON.parse(await run(`recourse show ${id} --json`)) as ChangeView;
  const params = steps.find(({ id: step }) => step === 'generated')?.params as { password: Sealed } | undefined;
  if (!params) throw new Error('the change has lost its step');
  return makeKeyring(key, (length) => new Uint8Array(length)).unseal(params.password);
}

/** Somebody writes into a secret file behind its back; all else is taken back, and this one is put right by hand. */
export async function takenBack({ run, folder }: Stage, canaries: Canaries, id: string): Promise<void> {
  const file = join(folder, 'token.conf');
  appendFileSync(file, canaries.plain('what somebody wrote into a secret file'));
  await run(`recourse decide ${id}`);
  await run(`recourse recover ${id}`, 4);
  await run(`recourse compare ${id} && recourse compare ${id} --json`);
  await run(`recourse recover ${id} --partly`, 4);
  writeFileSync(file, `${canaries.plain('what a secret file held')}\n`);
  await run(`recourse resolve ${id} --step from-file --note 'written by hand'`);
  await run(`recourse note ${id} 'all is as it was'`);
}
