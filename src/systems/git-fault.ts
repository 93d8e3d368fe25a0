import { Fault } from '../model/fault.ts';
import type { FaultCode } from '../model/fault.ts';
import type { GitAnswer } from './git-process.ts';

/** What was being done, for the fault that says it was not possible: who, "push to", "branch main of https://…". */
export interface GitErrand {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
}

interface Meaning {
  readonly code: FaultCode;
  readonly advice?: string;
}

/** Git's own words (in the C locale) and curl's, first match wins. */
const meanings: readonly (readonly [RegExp, Meaning])[] = [
  [/Authentication failed|could not read (Username|Password)|returned error: 401/, { code: 'credential-invalid' }],
  [
    /dubious ownership/,
    {
      code: 'permission-denied',
      advice: 'Run Recourse as the owner of the repository, or reach it over HTTP.',
    },
  ],
  [/returned error: 403|[Pp]ermission denied|access denied/, { code: 'permission-denied' }],
  [/returned error: 429/, { code: 'rate-limited' }],
  [
    /couldn't find remote ref|repository '[^']*' not found|not appear to be a git repository/,
    { code: 'not-found', advice: 'Check the branch and the address of the connection.' },
  ],
  [/No space left on device/, { code: 'store-failed', advice: 'Make room on the disk, then retry.' }],
  [
    /cannot lock ref|could not lock|\.lock': File exists/,
    {
      code: 'in-use',
      advice: 'Another process is at our copy of the repository: retry. If none is, remove the copy; it is made again.',
    },
  ],
  [
    /object file .* is empty|loose object .* is corrupt|bad object|unable to read|missing (blob|tree|commit)|mismatched algorithms/,
    { code: 'store-failed', advice: 'Our copy of the repository is damaged: remove it; it is made again.' },
  ],
  [
    /unable to access|unable to connect|hung up|RPC failed|early EOF|disconnect|Could not read from/i,
    { code: 'unreachable' },
  ],
  [/transport '[^']*' not allowed/, { code: 'invalid-input' }],
];

const causes: Partial<Record<FaultCode, string>> = {
  'credential-invalid': 'the remote does not accept the credentials',
  'permission-denied': 'the remote does not permit it',
};

/** What git answered, as a fault that says what was not possible, on which branch of which repository, and why. */
export function gitFault({ code, stderr }: GitAnswer, { principal, action, resource }: GitErrand): Fault {
  const meaning = meanings.find(([pattern]) => pattern.test(stderr))?.[1] ?? { code: 'bug' };
  const cause = causes[meaning.code];
  const why = saidIn(stderr) || `git ended with ${code} and said nothing`;
  return new Fault(meaning.code, `${principal} cannot ${action} ${resource}: ${cause ? `${cause}: ` : ''}${why}`, {
    at: resource,
    ...(meaning.advice !== undefined && { advice: meaning.advice }),
    details: { principal, action, resource },
  });
}

/** What the other side said of its own accord, as one line. */
export const remoteWords = (stderr: string): string =>
  stderr
    .split('\n')
    .flatMap((line) => (line.startsWith('remote: ') ? [printable(line.slice(8))] : []))
    .filter((line) => line !== '')
    .join(' ')
    .slice(0, 1000);

const saidIn = (stderr: string): string =>
  stderr
    .split('\n')
    .map((line) => printable(line).replace(/^(fatal|error): /, ''))
    .filter((line) => line !== '' && !/^(hint:|and the repository exists|Please make sure)/.test(line))
    .join('; ')
    .slice(0, 1000);

/** Without the characters that could steer a terminal. */
const printable = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ').trim();
