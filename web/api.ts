import type { Comparison } from '../src/model/comparison.ts';
/** Everything these pages ask of the server, once. */
import type { Decision } from '../src/model/decision.ts';
import type { Evidence } from '../src/model/fact.ts';
import type { FaultReport } from '../src/model/fault-report.ts';
import type { Actor, ChangeId, StepId } from '../src/model/ids.ts';
import type { Json } from '../src/model/json.ts';
import type { Proposal } from '../src/model/proposal.ts';
import type { TokenScope } from '../src/model/token.ts';
import type {
  ChangePage,
  ChangeQuery,
  ChangeView,
  ConnectionView,
  OperationView,
  Preview,
  Recovered,
} from '../src/model/view.ts';
import { Refused } from './Refused.ts';
import { forgetToken, token } from './session.ts';

export interface Me {
  readonly by: Actor;
  readonly scopes: readonly TokenScope[];
}

const base = '/api/v1';
const changes = '/changes';
const of = (id: ChangeId, verb = ''): string => `${changes}/${encodeURIComponent(id)}${verb && `/${verb}`}`;

export const api = {
  /** @param bearer a token that is not kept yet */
  me: (bearer?: string) => ask<Me>('GET', '/me', bearer ? { headers: { authorization: `Bearer ${bearer}` } } : {}),
  changes: (query: ChangeQuery, signal?: AbortSignal) =>
    ask<ChangePage>('GET', `${changes}?${queryString(query)}`, { signal }),
  change: (id: ChangeId) => ask<ChangeView>('GET', of(id)),
  find: (ending: string) => ask<{ readonly id: ChangeId }>('GET', `${changes}/find/${encodeURIComponent(ending)}`),
  compare: (id: ChangeId) => ask<Comparison>('GET', of(id, 'compare')),
  facts: (id: ChangeId) => ask<readonly Evidence[]>('GET', of(id, 'facts')),
  evidence: async (id: ChangeId) => new Uint8Array(await (await reach('GET', of(id, 'evidence'))).arrayBuffer()),
  operations: () => ask<readonly OperationView[]>('GET', '/operations'),
  connections: () => ask<readonly ConnectionView[]>('GET', '/connections'),

  preview: (proposal: Proposal, signal?: AbortSignal) =>
    ask<Preview>('POST', `${changes}/preview`, { body: proposal, signal }),
  /** @param request the same key answers the same change, however often it is sent */
  propose: (proposal: Proposal, request: string) =>
    ask<ChangeView>('POST', changes, { body: proposal, headers: { 'idempotency-key': request } }),
  approve: (id: ChangeId, body: { readonly plan: string; readonly note?: string }) =>
    ask<ChangeView>('POST', of(id, 'approve'), { body }),
  reject: (id: ChangeId, note: string) => ask<ChangeView>('POST', of(id, 'reject'), { body: { note } }),
  run: (id: ChangeId) => ask<ChangeView>('POST', of(id, 'run'), { body: {} }),
  cancel: (id: ChangeId, because: string) => ask<ChangeView>('POST', of(id, 'cancel'), { body: { because } }),
  decide: (id: ChangeId) => ask<Decision>('POST', of(id, 'decide'), { body: {} }),
  recover: (id: ChangeId, body: { readonly partly?: boolean; readonly withLater?: boolean }) =>
    ask<Recovered>('POST', of(id, 'recover'), { body }),
  retry: (id: ChangeId, step: StepId) => ask<ChangeView>('POST', of(id, 'retry'), { body: { step } }),
  skip: (id: ChangeId, step: StepId, because: string) =>
    ask<ChangeView>('POST', of(id, 'skip'), { body: { step, because } }),
  resolve: (id: ChangeId, body: { readonly step: StepId; readonly note: string; readonly alone?: string }) =>
    ask<ChangeView>('POST', of(id, 'resolve'), { body }),
  note: (id: ChangeId, text: string) => ask<ChangeView>('POST', of(id, 'note'), { body: { text } }),
  takeOver: (id: ChangeId, resource: string, because: string) =>
    ask<ChangeView>('POST', of(id, 'take-over'), { body: { resource, because } }),
  close: (id: ChangeId) => ask<ChangeView>('POST', of(id, 'close'), { body: {} }),

  /** The open stream of events; `fact` and `beat` come on it. */
  events: (signal: AbortSignal) => reach('GET', '/events', { signal, headers: { accept: 'text/event-stream' } }),
};

interface Asking {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

async function ask<T>(method: string, path: string, asking: Asking = {}): Promise<T> {
  const answer = await reach(method, path, asking);
  return (await answer.json()) as T;
}

async function reach(method: string, path: string, { body, headers, signal }: Asking = {}): Promise<Response> {
  const bearer = token.get();
  const answer = await fetch(`${base}${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(bearer && { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
    cache: 'no-store',
    credentials: 'omit',
  }).catch((thrown: unknown) => {
    if (signal?.aborted) throw thrown;
    throw new Refused(silent, 0);
  });
  if (answer.ok) return answer;
  if (answer.status === 401) forgetToken();
  throw new Refused(await faultIn(answer), answer.status);
}

const silent: FaultReport = {
  code: 'unreachable',
  message: 'Recourse does not answer. Nothing was sent, or its outcome is not known here.',
  advice: 'Check that the server runs, then look at the change before you act again.',
  retry: 'later',
};

async function faultIn(answer: Response): Promise<FaultReport> {
  const text = await answer.text();
  const parsed = parsedJson(text) as { fault?: FaultReport } | undefined;
  return (
    parsed?.fault ?? {
      code: 'bug',
      message: `The server answered ${answer.status} and gave no reason.`,
      advice: 'Look at the log of the server.',
      retry: 'never',
    }
  );
}

function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined; // not JSON: the caller says so in words
  }
}

function queryString(query: ChangeQuery): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  return params.toString();
}
