/**
 * Params are checked when a change is proposed. One that an earlier step will give (`{ $from, path }`) cannot be: it is
 * left out of the check, put in when the step starts, and checked then. It may not decide which resource is changed.
 */
import type { z } from 'zod';

import { Fault } from '../model/fault.ts';
import type { StepId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { AnyOperation } from '../model/operation.ts';
import { isObject, isSealed } from '../model/same.ts';
import type { StepState } from '../model/state.ts';
import { FromStep } from '../model/step.ts';

/** `path: what is wrong`, of the first thing that is. */
export function issueWords(error: z.ZodError, inside = ''): string {
  const issue = error.issues[0];
  if (!issue) return 'it does not fit';
  const at = [inside, ...issue.path.map(String)].filter(Boolean).join('.');
  return at ? `${at}: ${issue.message}` : issue.message;
}

const fromStep = (value: Json): FromStep | undefined =>
  isObject(value) && '$from' in value ? FromStep.safeParse(value).data : undefined;

/** Params as their operation's schema gives them. Faults: `invalid-input` with the path. */
export function checkedParams(operation: AnyOperation, params: Json, at: string): Json {
  const later = isObject(params) ? Object.keys(params).filter((key) => hasFromStep(params[key] as Json)) : [];
  const parsed = operation.params.safeParse(params);
  if (parsed.success) {
    if (later.length > 0) mustNotDecideResource(operation, params, at);
    return parsed.data;
  }
  const first = parsed.error.issues.find((issue) => !later.includes(String(issue.path[0])));
  if (first) {
    const path = [at, ...first.path.map(String)].join('.');
    throw new Fault('invalid-input', `${path}: ${first.message}.`, { at: path });
  }
  mustNotDecideResource(operation, params, at);
  return params;
}

const marker = 'recourse-from-step';

function mustNotDecideResource(operation: AnyOperation, params: Json, at: string): void {
  let resource: string;
  try {
    resource = operation.resource(withMarkers(params));
  } catch {
    resource = marker; // it could not even be named without the value
  }
  if (resource.includes(marker) || resource.includes('[object'))
    throw new Fault('invalid-input', `${at}: which resource is changed may not come from an earlier step.`, { at });
}

const hasFromStep = (value: Json): boolean =>
  fromStep(value) !== undefined ||
  (Array.isArray(value) ? value.some(hasFromStep) : isObject(value) && Object.values(value).some(hasFromStep));

/** The steps from which params take a value. */
export function sourcesOf(value: Json): readonly StepId[] {
  const from = fromStep(value);
  if (from) return [from.$from];
  if (Array.isArray(value)) return value.flatMap((item) => sourcesOf(item as Json));
  return isObject(value) && !isSealed(value) ? Object.values(value).flatMap(sourcesOf) : [];
}

const withMarkers = (value: Json): Json => replaced(value, () => marker);

const replaced = (value: Json, by: (from: FromStep) => Json): Json => {
  const from = fromStep(value);
  if (from) return by(from);
  if (Array.isArray(value)) return value.map((item) => replaced(item as Json, by));
  if (!isObject(value) || isSealed(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, by)]));
};

/**
 * Params with every value from an earlier step in its place, checked. `path` leads through `params`, `before`, `after`
 * and `result` of that step: `result.commit`, `after.state.mode`. Faults: `invalid-input`.
 */
export function resolvedParams(operation: AnyOperation, params: Json, steps: readonly StepState[]): Json {
  if (!hasFromStep(params)) return params;
  const filled = replaced(params, ({ $from, path }) => {
    const step = steps.find((one) => one.step.id === $from);
    let value: unknown = step && { params: step.params, before: step.before, after: step.after, result: step.result };
    for (const key of path.split('.'))
      value =
        isObject(value as Json) && Object.hasOwn(value as object, key)
          ? (value as Record<string, Json>)[key]
          : undefined;
    if (value === undefined)
      throw new Fault('invalid-input', `Step ${$from} has no ${path}.`, { at: `${$from}.${path}` });
    return value as Json;
  });
  const parsed = operation.params.safeParse(filled);
  if (!parsed.success)
    throw new Fault('invalid-input', `Params from an earlier step do not fit: ${issueWords(parsed.error)}.`);
  return parsed.data;
}
