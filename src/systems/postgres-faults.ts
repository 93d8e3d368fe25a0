import { Fault, type FaultCode } from '../model/fault.ts';
import type { PostgresServer } from './postgres-settings.ts';

/** What is being done, for the fault that says it was not possible: "read" + "role app". */
export interface PostgresCall {
  readonly action: string;
  readonly resource: string;
  readonly signal: AbortSignal;
}

/** Source: "PostgreSQL Error Codes", appendix A of its documentation. A class stands for all of its codes. */
const bySqlState = {
  '08': 'unreachable',
  '22023': 'invalid-input',
  '25006': 'unreachable', // read-only: a standby answers
  '28': 'credential-invalid',
  '3D000': 'not-found',
  '40': 'in-use',
  '42501': 'permission-denied',
  '42704': 'not-found',
  '53': 'unreachable',
  '53300': 'rate-limited',
  '55P03': 'in-use',
  '57014': 'timed-out',
  '57P': 'unreachable',
} as const satisfies Record<string, FaultCode>;

const advices: Partial<Record<FaultCode, string>> = {
  'in-use': 'Another session holds a lock on it; wait until it has ended, then retry.',
  'rate-limited': 'The server has no free connection; wait, then retry.',
};

/** What the server or the network answered, as a fault that names who, what, where and on which resource. */
export function postgresFault(thrown: unknown, server: PostgresServer, call: PostgresCall): Fault {
  if (thrown instanceof Fault) return thrown;
  const { action, resource } = call;
  const about = { at: resource, cause: thrown };
  if (call.signal.aborted) return givenUp(call.signal.reason, server, call);
  const { sqlState, errno, message } = partsOf(thrown);
  if (sqlState === undefined)
    return new Fault(
      'unreachable',
      `cannot ${action} ${resource}: ${server.name} does not answer: ${message}${errno && ` (${errno})`}`,
      about,
    );
  const code = codeOf(sqlState, message);
  const principal = `${server.user}@${server.name}`;
  const who = code === 'permission-denied' ? `${principal} may not` : 'cannot';
  return new Fault(code, `${who} ${action} ${resource} on ${server.name}: ${message} (${sqlState})`, {
    ...about,
    ...(advices[code] && { advice: advices[code] }),
    details: { principal, action, resource, sqlState },
  });
}

function givenUp(reason: unknown, server: PostgresServer, { action, resource }: PostgresCall): Fault {
  if (reason instanceof Fault) return reason;
  const because = reason instanceof Error ? reason.message : String(reason);
  return new Fault('timed-out', `gave up to ${action} ${resource} on ${server.name}: ${because}`, {
    at: resource,
    cause: reason,
  });
}

function codeOf(sqlState: string, message: string): FaultCode {
  if (sqlState === 'XX000' && message.includes('concurrently updated')) return 'in-use';
  const known = Object.entries(bySqlState).filter(([prefix]) => sqlState.startsWith(prefix));
  return known.toSorted(([a], [b]) => b.length - a.length)[0]?.[1] ?? 'bug';
}

/** A fault of the server has a severity and a SQLSTATE; a fault of the network has at most an errno. */
function partsOf(thrown: unknown): { sqlState?: string; errno: string; message: string } {
  if (!(thrown instanceof Error)) return { errno: '', message: String(thrown) };
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  const inner = thrown instanceof AggregateError ? (thrown.errors[0] as unknown) : undefined;
  const message = thrown.message || (inner instanceof Error ? inner.message : 'no reason was given');
  return 'severity' in thrown ? { sqlState: code, errno: '', message } : { errno: code, message };
}
