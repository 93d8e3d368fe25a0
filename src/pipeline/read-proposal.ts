import type { Artifact, ProposedArtifact } from '../model/artifact.ts';
import type { Change } from '../model/change.ts';
import { Fault } from '../model/fault.ts';
import type { ChangeId, ConnectionId, Hash, OperationName, Seconds, StepId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { type Duration, Proposal, type ProposedStep, ProposedWait } from '../model/proposal.ts';
/**
 * A proposal becomes a change here, once: every step is checked against its operation's own schema, secrets are sealed,
 * and what a person left out is filled in. After this everything downstream trusts it.
 */
import { isObject } from '../model/same.ts';
import type { Sealed } from '../model/sealed.ts';
import type { Step } from '../model/step.ts';
import type { StoredConnection } from '../model/store.ts';
import type { System } from '../model/system.ts';
import type { Catalogue } from './deps.ts';
import { nearest } from './nearest.ts';
import { checkedParams, issueWords, sourcesOf } from './params.ts';

export interface ProposalContext extends Catalogue {
  readonly id: ChangeId;
  /** What `on` may name. `undefined` in a dry run, which opens no store: any name is believed then. */
  readonly connections: readonly StoredConnection[] | undefined;
  /** Seals one secret of a step; `plain` is `undefined` where a new one is to be made. */
  seal(plain: string | undefined, step: StepId, field: string): Sealed;
  /** Under which the text of an artifact is kept. */
  digest(text: string): Hash;
}

const defaultDeadline = 30 as Seconds;
const settings = new Set(['id', 'on', 'onFailure', 'deadline', 'undoes']);

/** Faults: `invalid-input`, with the path of what is wrong and what would be right. */
export function readProposal(input: unknown, context: ProposalContext): Change {
  const parsed = Proposal.safeParse(input);
  if (!parsed.success) throw new Fault('invalid-input', `The proposal is not one: ${issueWords(parsed.error)}.`);
  const proposal = parsed.data;
  const ids = new Set<StepId>();
  const steps = proposal.steps.map((step, i) => {
    const id = step.id ?? (String(i + 1) as StepId);
    if (ids.has(id)) throw wrong(i, 'id', `there are two steps with the id ${id}`);
    const read = readStep(step, id, i, context);
    const unknown = 'does' in read ? sourcesOf(read.does.params).find((source) => !ids.has(source)) : undefined;
    if (unknown !== undefined) throw wrong(i, '', `there is no earlier step ${unknown} to take a value from`);
    ids.add(id);
    return read;
  });
  const { title, environment, declared, artifacts, recovers, follows } = proposal;
  return {
    id: context.id,
    title,
    environment,
    steps: steps as [Step, ...Step[]],
    ...(declared && { declared }),
    ...(artifacts && artifacts.length > 0 && { artifacts: artifacts.map((one) => digested(one, context.digest)) }),
    ...(recovers && { recovers }),
    ...(follows && { follows }),
  };
}

function readStep(proposed: ProposedStep, id: StepId, index: number, context: ProposalContext): Step {
  const common = {
    id,
    ...(proposed.undoes && { undoes: proposed.undoes }),
    onFailure: proposed.onFailure ?? 'stop',
    deadline:
      proposed.deadline === undefined
        ? defaultDeadline
        : secondsOf(proposed.deadline, longestDeadline, index, 'deadline'),
  } as const;
  const named = Object.keys(proposed).filter((key) => !settings.has(key));
  const [name, second] = named;
  if (name === undefined)
    throw wrong(index, '', 'it names no operation; write for example `linux.set-file-mode: { … }`');
  if (second !== undefined)
    throw wrong(index, second, `a step is one operation, and this one names ${named.join(' and ')}`);
  const body = proposed[name] as Json;
  if (name === 'wait') return { ...common, waits: readWait(body, index, proposed, context) };

  const operation = context.operations[name as OperationName];
  if (!operation)
    throw wrong(index, name, `there is no operation ${name}${nearest(name, Object.keys(context.operations))}`);
  const connection = connectionFor(operation.system, proposed.on, index, context);
  const sealed = sealSecrets(body, '', (plain, field) => context.seal(plain, id, field));
  const params = checkedParams(operation, sealed, `steps[${index}].${name}`);
  return { ...common, does: { operation: operation.name, params, connection } };
}

function readWait(body: Json, index: number, { on }: ProposedStep, context: ProposalContext) {
  const wait = ProposedWait.safeParse(body);
  if (!wait.success) throw wrong(index, 'wait', issueWords(wait.error));
  const { until, subject, every, patience, then } = wait.data;
  const check = context.checks[until as `${string}/${string}`];
  if (!check)
    throw wrong(index, 'wait.until', `there is no check ${until}${nearest(until, Object.keys(context.checks))}`);
  const about = check.subject.safeParse(subject);
  if (!about.success) throw wrong(index, 'wait.subject', issueWords(about.error));
  const connection = connectionFor(check.system, on, index, context);
  return {
    until: { check: check.id, subject: about.data, connection },
    every: secondsOf(every, longestWait, index, 'wait.every'),
    patience: secondsOf(patience, longestWait, index, 'wait.patience'),
    then,
  };
}

const digested = ({ path, before, after }: ProposedArtifact, digest: ProposalContext['digest']): Artifact => ({
  path,
  ...(before !== undefined && { before: digest(before) }),
  ...(after !== undefined && { after: digest(after) }),
});

/** The one named, else the only one there is. */
function connectionFor(
  system: System<unknown>,
  on: ConnectionId | undefined,
  index: number,
  context: ProposalContext,
): ConnectionId {
  const ofSystem = context.connections?.filter((connection) => connection.system === system.name);
  if (!ofSystem) return on ?? system.builtIn?.id ?? (system.name as ConnectionId);
  if (on) {
    if (ofSystem.some(({ id }) => id === on)) return on;
    throw wrong(
      index,
      'on',
      `there is no ${system.name} connection ${on} (there is ${ofSystem.map(({ id }) => id).join(', ') || 'none'})`,
    );
  }
  const [only, another] = ofSystem;
  if (!only)
    throw wrong(
      index,
      'on',
      `there is no ${system.name} connection yet; add one with \`recourse connections add NAME --system ${system.name}\``,
    );
  if (another) throw wrong(index, 'on', `say which connection: ${ofSystem.map(({ id }) => id).join(', ')}`);
  return only.id;
}

const secretReference = '$secret';
const plainSecret = '$plain';

/** Puts a sealed value in the place of every `{ $secret: generate }` and `{ $plain: … }`. */
function sealSecrets(value: Json, field: string, seal: (plain: string | undefined, field: string) => Sealed): Json {
  if (Array.isArray(value)) return value.map((item, i) => sealSecrets(item as Json, `${field}[${i}]`, seal));
  if (!isObject(value)) return value;
  if (typeof value[plainSecret] === 'string') return { ...seal(value[plainSecret], field) };
  if (secretReference in value) {
    if (value[secretReference] === 'generate') return { ...seal(undefined, field) };
    throw new Fault('invalid-input', `The secret reference at ${field} cannot be read here.`, {
      at: field,
      advice:
        'Only the command line reads env:NAME, file:PATH and stdin; through the API use {"$plain": …} or generate.',
    });
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, sealSecrets(item, field ? `${field}.${key}` : key, seal)]),
  );
}

const longestDeadline = 86_400;
const longestWait = 3650 * 86_400;
const unitSeconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** `30`, `30s`, `5m`, `2h`, `7d` in seconds. Faults: `invalid-input` above `most`. */
function secondsOf(duration: Duration, most: number, index: number, field: string): Seconds {
  const unit = typeof duration === 'number' ? 's' : (duration.at(-1) as keyof typeof unitSeconds);
  const seconds = Number.parseInt(String(duration), 10) * unitSeconds[unit];
  if (seconds <= most) return seconds as Seconds;
  throw wrong(index, field, `${duration} is too long; ${most / unitSeconds.d} days is the most`);
}

const wrong = (index: number, field: string, why: string): Fault => {
  const at = `steps[${index}]${field ? `.${field}` : ''}`;
  return new Fault('invalid-input', `${at}: ${why}.`, { at });
};
