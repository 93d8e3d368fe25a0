import { userInfo } from 'node:os';

import { Fault } from '../model/fault.ts';
import type { FaultCode } from '../model/fault.ts';

interface Meaning {
  readonly code: FaultCode;
  readonly because: string;
  readonly advice?: string;
}
const notThere = { code: 'not-found', advice: 'Check the path, on the machine of this connection.' } as const;
const noRoom = { code: 'unreachable', advice: 'Make room on the file system, then retry.' } as const;
const aFolder = { code: 'invalid-input', because: 'it is a folder' } as const;

/** What the kernel's answer means, in words that follow "cannot <action> <path>: ". Source: errno(3). */
const meanings: Readonly<Partial<Record<string, Meaning>>> = {
  ENOENT: { ...notThere, because: 'there is nothing at this path' },
  ENOTDIR: { ...notThere, because: 'a part of this path is not a folder' },
  ELOOP: { code: 'invalid-input', because: 'it is a symbolic link, or its path goes round in circles' },
  ENAMETOOLONG: { code: 'invalid-input', because: 'the name is too long for the file system' },
  EISDIR: aFolder,
  ENOTEMPTY: aFolder,
  ENOSPC: { ...noRoom, because: 'no space is left on the file system' },
  EDQUOT: { ...noRoom, because: 'the disk quota is used up' },
  EROFS: { code: 'permission-denied', because: 'the file system is mounted read-only' },
  EBUSY: { code: 'in-use', because: 'the system is using it' },
  ETXTBSY: { code: 'in-use', because: 'it is a program that is running' },
};

/** The user this process acts as; without a name when /etc/passwd has none for it. */
export function self(): { readonly user?: string; readonly uid: string } {
  try {
    const { username, uid } = userInfo();
    return { user: username, uid: String(uid) };
  } catch {
    return { uid: String(process.geteuid?.() ?? 'unknown') };
  }
}

function principal(): string {
  const { user, uid } = self();
  return user === undefined ? `uid ${uid}` : `${user} (uid ${uid})`;
}

/**
 * The kernel's refusal as a fault that names who, what and which file; anything else as it is.
 * @param action reads "change the mode of"
 */
export function faultOf(thrown: unknown, action: string, path: string): unknown {
  const errno = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (thrown instanceof Fault || !/^E[A-Z0-9]+$/.test(errno)) return thrown;
  if (errno === 'EACCES' || errno === 'EPERM') return denied(action, path, errno, thrown);
  const { code, because, advice } = meanings[errno] ?? { code: 'unreachable', because: 'the system refused' };
  const more = { at: path, cause: thrown, ...(advice !== undefined && { advice }) };
  return new Fault(code, `cannot ${action} ${path}: ${because} (${errno})`, more);
}

const denied = (action: string, path: string, errno: 'EACCES' | 'EPERM', cause: unknown): Fault =>
  new Fault(
    'permission-denied',
    errno === 'EACCES'
      ? `${principal()} may not ${action} ${path}: permission denied (EACCES)`
      : `${principal()} may not ${action} ${path}: operation not permitted (EPERM). ` +
          'Either it belongs to another user, or it carries an immutable or append-only flag, which stops root too',
    {
      at: path,
      cause,
      advice: `Look at it with \`ls -ld\` and \`lsattr -d\` on ${path}, grant what is missing, then retry.`,
    },
  );
