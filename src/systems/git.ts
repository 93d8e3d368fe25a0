import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { Fault } from '../model/fault.ts';
import type { System } from '../model/system.ts';
import { GitClient } from './git-client.ts';
import { gitFault } from './git-fault.ts';
import { gitProcess } from './git-process.ts';
import type { GitManner } from './git-process.ts';
import { gitAccess, GitSettings, gitRepository } from './git-settings.ts';
import type { GitRepository } from './git-settings.ts';

/** Branches of one Git repository, over HTTP or on this machine. */
export const git: System<GitClient> = {
  name: 'git',
  title: 'Git',
  connection: GitSettings,
  hasChildProcesses: true,
  connect: async (settings, unseal) => {
    const repository = gitRepository(settings);
    const reaching = { command: await commandFor(), ...(await gitAccess(settings, unseal)) };
    if (!(await exists(`${repository.folder}/HEAD`))) await makeCopy(repository, reaching);
    return new GitClient(repository, reaching);
  },
  probe: async (client) => {
    const { remote, principal } = client.repository;
    const { branch, head } = await client.advertised(AbortSignal.timeout(remoteMs));
    const { version } = await versionOf('git');
    return { remote, principal, git: version, ...(branch && { branch }), ...(head && { head }) };
  },
  close: (client) => client.close(),
};

const remoteMs = 30_000;
const localMs = 10_000;
const firstCopyMs = 3_600_000;
const oldest = [2, 38] as const;

/**
 * How git is started for calls that go to the remote: so that it ends when we are killed, where the system can do that
 * (prctl(2), PR_SET_PDEATHSIG, through util-linux).
 */
async function commandFor(): Promise<GitManner['command']> {
  const dying = ['setpriv', '--pdeathsig', 'TERM', 'git'] as const;
  const found = await versionOf(...dying).catch(() => undefined);
  const { version, isNewEnough } = found ?? (await versionOf('git'));
  if (isNewEnough) return found ? dying : ['git'];
  throw new Fault('not-found', `git ${version} is too old here`, {
    advice: `Install Git ${oldest.join('.')} or newer.`,
  });
}

async function versionOf(...command: GitManner['command']) {
  const call = { args: ['--version'], signal: AbortSignal.timeout(localMs) };
  const answer = await gitProcess({ folder: '/', command }, call);
  const [version, major, minor] = /(\d+)\.(\d+)[.\w]*/.exec(answer.stdout.toString()) ?? [];
  if (answer.code !== 0 || version === undefined)
    throw new Fault('not-found', `git does not say its version: ${answer.stderr.trim()}`);
  const isNewEnough = Number(major) > oldest[0] || (Number(major) === oldest[0] && Number(minor) >= oldest[1]);
  return { version, isNewEnough };
}

/**
 * Makes the bare copy in one go, so that two processes never see half of one: with ids like those of the remote, and
 * with its default branch, because the first fetch of a long history takes longer than a step may.
 */
async function makeCopy(repository: GitRepository, reaching: GitManner): Promise<void> {
  const { folder, remote, principal } = repository;
  const made = `${folder}.${randomUUID()}`;
  const first = new GitClient({ ...repository, folder: made }, reaching);
  const { head, branch } = await first.advertised(AbortSignal.timeout(remoteMs));
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  try {
    const flags = ['--quiet', '--bare', '--template=', `--object-format=${head?.length === 64 ? 'sha256' : 'sha1'}`];
    const answer = await gitProcess(
      { folder: made, command: ['git'] },
      { args: ['init', ...flags, '--end-of-options', made], signal: AbortSignal.timeout(localMs) },
    );
    if (answer.code !== 0) throw gitFault(answer, { principal, action: 'make a copy of', resource: remote });
    if (head && branch) await first.head(branch, AbortSignal.timeout(firstCopyMs));
    await first.close();
    await rename(made, folder);
  } catch (error) {
    await first.close();
    await rm(made, { recursive: true, force: true });
    const isThere = ['EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '');
    if (!isThere) throw error; // else another process made it
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
