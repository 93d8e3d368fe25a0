import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { Fault } from '../model/fault.ts';
import { commitStream, isAsAsked, parsedCommit } from './git-commit.ts';
import type { GitCommit, NewCommit } from './git-commit.ts';
import { gitFault } from './git-fault.ts';
import type { GitErrand } from './git-fault.ts';
import { gitMergeReport } from './git-merge-report.ts';
import type { GitMergeReport } from './git-merge-report.ts';
import { GitObjects } from './git-objects.ts';
import { gitProcess } from './git-process.ts';
import type { GitAnswer, GitCall, GitManner, GitPlace } from './git-process.ts';
import { gitRefusal } from './git-refusal.ts';
import type { GitRepository } from './git-settings.ts';
import { entriesAt } from './git-tree.ts';
import type { GitEntries } from './git-tree.ts';

/** The last change of some files on a branch. */
export interface GitChange {
  readonly commit: string;
  readonly author: string;
  readonly at: string;
  readonly subject: string;
  /** The step of ours that made it, `<change>/<step>`. */
  readonly step: string | null;
}

const lookBackMs = 5000;
const changeFormat = '%H%x00%an <%ae>%x00%cI%x00%s%x00%(trailers:key=Recourse-Change,valueonly,separator=%x2C)';
/** Makes a commit that is the same whoever makes it, whenever. */
const nobody = (date: string): Record<string, string> =>
  Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'Recourse'],
      [`GIT_${who}_EMAIL`, 'recourse@localhost'],
      [`GIT_${who}_DATE`, `@${date}`],
    ]),
  );

/**
 * One remote repository, read and written through our own bare copy, without a work tree. Every call may throw
 * `credential-invalid`, `permission-denied`, `unreachable`, `rate-limited`, `timed-out`, and `in-use` (another process
 * is at the copy).
 */
export class GitClient {
  readonly repository: GitRepository;
  readonly #objects: GitObjects;
  readonly #here: GitPlace;
  readonly #there: GitPlace;
  readonly #roots = new Map<string, string>();

  /** @param reaching how git is started for calls that go to the remote */
  constructor(repository: GitRepository, reaching: GitManner) {
    const { folder } = repository;
    this.repository = repository;
    this.#here = { folder, command: ['git'] };
    this.#there = { folder, ...reaching };
    this.#objects = new GitObjects(this.#here);
  }

  /** The default branch of the remote and the commit at its end, without fetching anything. */
  async advertised(signal: AbortSignal): Promise<{ readonly branch?: string; readonly head?: string }> {
    const args = ['ls-remote', '--symref', '--end-of-options', this.repository.remote, 'HEAD'];
    const answer = await this.#reach({ args, signal });
    if (answer.code !== 0) throw gitFault(answer, this.#errand('read'));
    const branch = /^ref: refs\/heads\/(.*)\tHEAD$/m.exec(answer.stdout.toString())?.[1];
    const head = /^([0-9a-f]+)\tHEAD$/m.exec(answer.stdout.toString())?.[1];
    return { ...(branch && { branch }), ...(head && { head }) };
  }

  /** Fetches a branch; answers the commit at its end. Faults: `not-found`. */
  async head(branch: string, signal: AbortSignal): Promise<string> {
    const ref = `refs/remotes/origin/${encodeURIComponent(branch)}`;
    const flags = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules'];
    const args = ['fetch', ...flags, '--end-of-options', this.repository.remote, `+refs/heads/${branch}:${ref}`];
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#reach({ args, signal }); // oxlint-disable-line no-await-in-loop -- one after the other
      if (answer.code === 0) return (await this.commit(ref, signal)).id; // oxlint-disable-line no-await-in-loop -- the last
      const fault = gitFault(answer, this.#errand('read', branch));
      if (fault.code !== 'in-use' || attempt === 5) throw fault;
      await sleep(50 * attempt); // oxlint-disable-line no-await-in-loop -- another process fetches it
    }
  }

  /** A commit by its id. Faults: `not-found`. */
  async commit(id: string, signal: AbortSignal): Promise<GitCommit> {
    const found = await this.#objects.read(id, signal);
    if (found?.type === 'commit') return parsedCommit(found);
    throw new Fault('not-found', `${this.repository.remote} has no commit ${id} on the branches that were looked at`);
  }

  /** What stands at these paths in a commit. */
  async entries(commit: string, paths: Iterable<string>, signal: AbortSignal): Promise<GitEntries> {
    return entriesAt(this.#objects, (await this.commit(commit, signal)).tree, paths, signal);
  }

  async isBlob(id: string, signal: AbortSignal): Promise<boolean> {
    return (await this.#objects.look(id, signal))?.type === 'blob';
  }

  /** The first commit of a history, along first parents: it names a repository, wherever it moves. */
  async root(commit: string, signal: AbortSignal): Promise<string> {
    const args = ['rev-list', '--first-parent', '--max-parents=0', '--end-of-options', commit];
    const root = this.#roots.get(commit) ?? (await this.#run({ args, signal })).trim();
    this.#roots.set(commit, root);
    return root;
  }

  /** Whether a commit is in the history of another. */
  async contains(head: string, commit: string, signal: AbortSignal): Promise<boolean> {
    if ((await this.#objects.look(commit, signal))?.type !== 'commit') return false;
    const answer = await gitProcess(this.#here, { args: ['merge-base', '--is-ancestor', commit, head], signal });
    if (answer.code > 1) throw gitFault(answer, this.#errand('read'));
    return answer.code === 0;
  }

  /** Paths that differ between two trees or commits, sorted. Faults: `not-allowed` for a name that is not UTF-8. */
  async changedPaths(from: string, to: string, signal: AbortSignal): Promise<readonly string[]> {
    const args = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', '--end-of-options', from, to];
    const names = (await this.#run({ args, signal }, 'latin1')).split('\0').slice(0, -1);
    return names.map((name) => {
      const path = Buffer.from(name, 'latin1').toString();
      if (path !== '__proto__' && !path.includes('\uFFFD')) return path;
      throw new Fault('not-allowed', `${path} in ${this.repository.remote} has a name that cannot be written down`, {
        advice: 'Undo this commit by hand.',
      });
    });
  }

  /** `null` when nothing changed them in as much of the history as can be looked through in five seconds. */
  async lastChange(head: string, paths: readonly string[], signal: AbortSignal): Promise<GitChange | null> {
    const enough = AbortSignal.timeout(lookBackMs);
    const args = ['log', '-1', `--format=${changeFormat}`, '--end-of-options', head, '--', ...paths];
    const said = await this.#run({ args, signal: AbortSignal.any([signal, enough]) }).catch((error: unknown) => {
      if (enough.aborted && !signal.aborted) return '';
      throw error;
    });
    const [commit = '', author = '', at = '', subject = '', steps = ''] = said.trimEnd().split('\0');
    return commit === '' ? null : { commit, author, at, subject, step: steps.split(',').at(-1) || null };
  }

  /**
   * What the head would be without one commit: a merge of the head with the commit's parent, seen as coming after the
   * commit, and at its time (dated otherwise, git walks through far more history to find that they meet in the commit).
   * From Git 2.40 on, `merge-tree --merge-base` would say it directly.
   * @param parent the one of its parents that stays
   */
  async without(commit: GitCommit, parent: string, head: string, signal: AbortSignal): Promise<GitMergeReport> {
    const { tree } = await this.commit(parent, signal);
    const call = { args: ['commit-tree', tree, '-p', commit.id], signal, env: nobody(commit.date) };
    const before = (await this.#run(call)).trim();
    const args = ['merge-tree', '--write-tree', '-z', head, before];
    const answer = await gitProcess(this.#here, { args, signal });
    if (answer.code > 1) throw gitFault(answer, this.#errand('merge into'));
    return gitMergeReport(
      answer.stdout.toString().replaceAll(before, 'the state before it').replaceAll(head, 'the branch'),
    );
  }

  /** Writes a commit into our copy. One that an earlier attempt of the same step made is taken again. */
  async write(asked: NewCommit, signal: AbortSignal): Promise<string> {
    const ref = refOf(asked.step);
    const isMade = async (made: GitCommit): Promise<boolean> => {
      const paths = 'entries' in asked.becomes ? Object.keys(asked.becomes.entries) : [];
      return isAsAsked(made, await entriesAt(this.#objects, made.tree, paths, signal), asked);
    };
    const earlier = await this.#objects.read(ref, signal);
    if (earlier && (await isMade(parsedCommit(earlier)))) return earlier.id;
    const input = commitStream(ref, asked, this.repository.author, Math.floor(Date.now() / 1000));
    await this.#run({ args: ['fast-import', '--quiet', '--force', '--done'], input, signal });
    const made = await this.commit(ref, signal);
    if (await isMade(made)) return made.id;
    throw new Fault('bug', `git made a commit ${made.id} that is not what it was asked for; it was not pushed`);
  }

  /**
   * Moves a branch of the remote from one commit to another, or not at all. `raced`: it is not at `from` any more.
   * Faults: `permission-denied` with the remote's words when it refuses; `outcome-unknown` when its answer was lost.
   */
  async push(branch: string, from: string, to: string, step: string, signal: AbortSignal): Promise<'pushed' | 'raced'> {
    const ref = `refs/heads/${branch}`;
    const flags = ['--porcelain', '--no-verify', '--no-follow-tags', '--recurse-submodules=no'];
    const lease = `--force-with-lease=${ref}:${from}`;
    const args = ['push', ...flags, lease, '--end-of-options', this.repository.remote, `${to}:${ref}`];
    const answer = await this.#reach({ args, signal });
    if (answer.code === 0) {
      await gitProcess(this.#here, { args: ['update-ref', '-d', refOf(step)], signal }); // only a memory for retries
      return 'pushed';
    }
    const refusal = gitRefusal(answer, this.#errand('push to', branch));
    if (refusal === 'raced') return refusal;
    throw refusal;
  }

  async close(): Promise<void> {
    await this.#objects.close();
  }

  async #run(call: GitCall, encoding: 'utf8' | 'latin1' = 'utf8'): Promise<string> {
    const answer = await gitProcess(this.#here, call);
    if (answer.code !== 0) throw gitFault(answer, this.#errand(`run git ${call.args[0] ?? ''} on`));
    return answer.stdout.toString(encoding);
  }

  /** A call to the remote: the only kind that knows the secret. It is cut out of whatever comes back. */
  async #reach(call: GitCall): Promise<GitAnswer> {
    const answer = await gitProcess(this.#there, call);
    const secret = this.#there.secrets?.['RECOURSE_GIT_PASSWORD'];
    return secret ? { ...answer, stderr: answer.stderr.replaceAll(secret, '***') } : answer;
  }

  #errand(action: string, branch?: string): GitErrand {
    const { principal, remote } = this.repository;
    return { principal, action, resource: branch === undefined ? remote : `branch ${branch} of ${remote}` };
  }
}

const refOf = (step: string): string => `refs/recourse/${createHash('sha256').update(step).digest('hex')}`;
