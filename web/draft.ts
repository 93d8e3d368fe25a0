/** A proposal while it is being written: the form edits it, the change file shows it. */
import type { Json } from '../src/model/json.ts';
import type { Proposal, ProposedStep } from '../src/model/proposal.ts';
import { newKey } from './newKey.ts';

export interface DraftStep {
  /** Stays with the step while others come and go. */
  readonly key: string;
  readonly operation: string;
  readonly params: Json;
  readonly on: string | undefined;
  /** What only the change file sets: id, deadline, what happens on failure. */
  readonly rest: Readonly<Record<string, Json>>;
}
export interface Draft {
  readonly title: string;
  readonly environment: string;
  readonly steps: readonly DraftStep[];
  /** What it answers or follows, and what is promised. */
  readonly rest: Omit<Proposal, 'title' | 'environment' | 'steps'>;
}

const settings = new Set(['id', 'on', 'onFailure', 'deadline', 'undoes']);

export const emptyStep = (operation: string): DraftStep => ({
  key: newKey(),
  operation,
  params: {},
  on: undefined,
  rest: {},
});

export const emptyDraft = (operation?: string): Draft => ({
  title: '',
  environment: '',
  steps: operation ? [emptyStep(operation)] : [],
  rest: {},
});

export function draftOf({ title, environment, steps, ...rest }: Proposal): Draft {
  return { title, environment, steps: steps.map(draftStepOf), rest };
}

function draftStepOf(step: ProposedStep): DraftStep {
  const entries = Object.entries(step) as readonly (readonly [string, Json])[];
  const [operation = '', params = {}] = entries.find(([name]) => !settings.has(name)) ?? [];
  return {
    key: newKey(),
    operation,
    params,
    on: step.on,
    rest: Object.fromEntries(entries.filter(([name]) => settings.has(name) && name !== 'on')),
  };
}

export function proposalOf({ title, environment, steps, rest }: Draft): Proposal {
  return {
    title: title.trim(),
    environment: environment.trim(),
    ...rest,
    steps: steps.map(
      ({ operation, params, on, rest: own }): ProposedStep =>
        ({ ...own, ...(on && { on }), [operation]: params }) as ProposedStep,
    ),
  };
}

const typedSecret = '$plain';

/** A secret was typed into it. */
export const holdsTypedSecret = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some(holdsTypedSecret)
    : typeof value === 'object' &&
      value !== null &&
      (typedSecret in value || Object.values(value).some(holdsTypedSecret));

/** The same without what was typed: for a screen. */
export function withoutTypedSecrets<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutTypedSecrets) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === typedSecret ? '••••••' : withoutTypedSecrets(item)]),
  ) as T;
}
