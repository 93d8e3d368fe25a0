import { createHash } from 'node:crypto';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';

import { z } from 'zod';

import { Fault } from '../model/fault.ts';
import { Sealed } from '../model/sealed.ts';
import type { GitManner } from './git-process.ts';

const AbsolutePath = z.string().regex(/^\/[^\0\n]*$/, 'an absolute path');
const Remote = z.string().superRefine((remote, { addIssue }) => {
  if (AbsolutePath.safeParse(remote).success) return;
  const url = URL.parse(remote);
  if (!url || !/^https?:$/.test(url.protocol)) return addIssue('an http:// or https:// address, or an absolute path');
  if (url.username + url.password + url.search + url.hash === '') return;
  addIssue('a URL without a user and without parameters; they go into `user` and `password`, sealed');
});

/** One remote repository and how we are known there. */
export const GitSettings = z
  .object({
    /** Where it is: an http(s) URL, or the absolute path of a repository on this machine. */
    remote: Remote,
    /** Left out: `git`, as hosts expect it where only the token counts. */
    user: z.exactOptional(z.string().regex(/^[^\p{Cc}:]+$/u, 'a name without a colon')),
    /** A password or an access token. */
    password: z.exactOptional(Sealed),
    /** Who our commits are by. */
    author: z.exactOptional(
      z
        .object({
          name: z.string().regex(/^[^<>\p{Cc}]*[^<>\p{Cc}\s.,:;"'][^<>\p{Cc}]*$/u, 'a name'),
          email: z.string().regex(/^[^<>\p{Cc}\s]+$/u, 'an address'),
        })
        .strict(),
    ),
    /**
     * A folder for our own bare copy of it, which is only ever a copy and may be removed while nothing runs. Left out:
     * `$XDG_CACHE_HOME/recourse/git`.
     */
    cache: z.exactOptional(AbsolutePath),
  })
  .strict();
type GitSettings = z.infer<typeof GitSettings>;

/** A repository, and who we are there. */
export interface GitRepository {
  readonly remote: string;
  readonly principal: string;
  readonly author: { readonly name: string; readonly email: string };
  /** Our own bare copy. */
  readonly folder: string;
}

/** Answers git's question for the one host that it was made for, from its environment. */
const credentialHelper =
  '!f() { test "$1" = get && printf "username=%s\\npassword=%s\\n" "$RECOURSE_GIT_USER" "$RECOURSE_GIT_PASSWORD"; }; f';

/** @throws Fault `invalid-input` */
export function gitRepository(settings: unknown): GitRepository {
  const { remote, user = 'git', author, cache } = parsed(settings);
  return {
    remote,
    principal: remote.startsWith('/') ? userInfo().username : `${user}@${new URL(remote).host}`,
    author: author ?? { name: 'Recourse', email: 'recourse@localhost' },
    folder: join(cache ?? cacheFolder(), `${createHash('sha256').update(remote).digest('hex').slice(0, 32)}.git`),
  };
}

/**
 * How calls that go to the remote prove who they are; the secret is in the environment alone.
 * @throws Fault `invalid-input`
 */
export async function gitAccess(
  settings: unknown,
  unseal: (sealed: Sealed) => Promise<string>,
): Promise<Pick<GitManner, 'config' | 'secrets'>> {
  const { remote, user = 'git', password } = parsed(settings);
  if (password === undefined || remote.startsWith('/')) return {};
  const url = new URL(remote);
  if (url.protocol === 'http:' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname))
    throw new Fault('invalid-input', `a password for ${url.host} would cross the network readable: use https://`);
  const secret = await unseal(password);
  if (/[\0\r\n]/.test(secret)) throw new Fault('invalid-input', `the password for ${url.host} has a line break in it`);
  return {
    config: { [`credential.${url.origin}.helper`]: credentialHelper },
    secrets: { RECOURSE_GIT_USER: user, RECOURSE_GIT_PASSWORD: secret },
  };
}

function parsed(settings: unknown): GitSettings {
  const result = GitSettings.safeParse(settings);
  if (result.success) return result.data;
  throw new Fault('invalid-input', `the settings of a Git connection are wrong: ${z.prettifyError(result.error)}`);
}

const cacheFolder = (): string => join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'recourse/git');
