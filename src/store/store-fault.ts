import { Fault } from '../model/fault.ts';

interface Told {
  readonly says: string;
  readonly advice: string;
}

const full: Told = {
  says: 'The disk of the store is full.',
  advice: 'Make room, then try again: what was confirmed is safe, and nothing is half written.',
};
const gone: Told = {
  says: 'The database does not answer.',
  advice: 'Check that it runs and can be reached, then try again; look first whether the last fact was written.',
};
const refused: Told = {
  says: 'The database refuses the user or the password.',
  advice: 'Correct the user and password in the database URL.',
};

const damaged: Told = {
  says: 'The database is damaged.',
  advice: 'Keep a copy of it as it is, then restore the last backup.',
};

/** By SQLSTATE (or its class, two characters) and by the system's error codes. */
const table: Readonly<Record<string, Told>> = {
  '28': refused,
  '3D': { says: 'The database does not exist.', advice: 'Create it, or correct the database URL.' },
  '42501': {
    says: 'The database user may not do this.',
    advice: 'Recourse needs CREATE on the database for its first start, and owns its two schemas after it.',
  },
  '53100': full,
  '53300': { says: 'The database has no connection left.', advice: 'Raise max_connections, or end other programs.' },
  '25006': { says: 'The database is read-only.', advice: 'Name the primary server in the database URL.' },
  '08': gone,
  '57P': gone,
  XX: {
    says: 'The database has failed.',
    advice: 'Start Recourse again: what was confirmed is safe. If it does not start, restore the last backup.',
  },
  XX001: damaged,
  XX002: damaged,
  ENOSPC: full,
  EDQUOT: full,
  EIO: { says: 'The disk of the store fails.', advice: 'Check the disk, then start Recourse again.' },
  EROFS: {
    says: 'The disk of the store is read-only.',
    advice: 'Make it writable, or use another folder with --data.',
  },
  EACCES: {
    says: 'The data folder may not be opened.',
    advice: 'Give this user the folder, or use another with --data.',
  },
  EPERM: {
    says: 'The data folder may not be opened.',
    advice: 'Give this user the folder, or use another with --data.',
  },
  ENOTDIR: { says: 'The data folder is no folder.', advice: 'Use another one with --data.' },
  ECONNREFUSED: gone,
  ECONNRESET: gone,
  EPIPE: gone,
  ETIMEDOUT: gone,
  EHOSTUNREACH: gone,
  ENETUNREACH: gone,
  ENOTFOUND: { says: 'The host of the database is not known.', advice: 'Correct the host in the database URL.' },
  EAI_AGAIN: {
    says: 'The host of the database cannot be looked up.',
    advice: 'Check the name service, then try again.',
  },
};

/** What a driver or the file system threw, as a fault; what is neither (a fault, a bug) comes back as it is. */
export function storeFault(thrown: unknown, at: string): unknown {
  const error = thrown instanceof AggregateError ? (thrown.errors[0] as unknown) : thrown;
  if (!(error instanceof Error) || error instanceof Fault) return thrown;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // a panic for want of space has no code of its own
  const told = byMessage(error.message) ?? table[code] ?? table[code.slice(0, 3)] ?? table[code.slice(0, 2)];
  const isOfTheStore = told ?? ('severity' in error || 'syscall' in error);
  if (!isOfTheStore) return thrown;
  const { says, advice } = told ?? { says: 'The store failed.', advice: undefined };
  return new Fault('store-failed', `${says} (${at}: ${error.message})`, {
    at,
    cause: thrown,
    ...(advice && { advice }),
  });
}

/** The drivers give these no code. */
function byMessage(message: string): Told | undefined {
  if (/No space left on device/i.test(message)) return full;
  if (
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/i.test(
      message,
    )
  )
    return gone;
  return undefined;
}
