/**
 * Names and measures. A change has a ULID (sortable by time, unguessable); a step has a short id inside its change
 * ("1", "2", or what its author called it); a resource is named by its connection and what its operation changes
 * there (`local/file:/etc/app.conf`), so that the same path on two hosts is never taken for one thing.
 * Each is a branded string: mixing two of them up does not compile.
 */
import { z } from 'zod';

type Brand<T, Name extends string> = T & { readonly __brand: Name };
const branded = <T>(schema: z.ZodType<string | number>): z.ZodType<T, T> => schema as unknown as z.ZodType<T, T>;

export type ChangeId = Brand<string, 'ChangeId'>;
export const ChangeId = branded<ChangeId>(z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'a ULID'));

export type StepId = Brand<string, 'StepId'>;
export const StepId = branded<StepId>(
  z.string().regex(/^[a-z0-9][a-z0-9.-]{0,40}$/, 'lower-case letters, digits, dots and dashes, 41 at most'),
);

export type ConnectionId = Brand<string, 'ConnectionId'>;
export const ConnectionId = branded<ConnectionId>(
  z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and dashes, 63 at most'),
);

/** `<connection>/<what the operation changes there>`. */
export type ResourceId = Brand<string, 'ResourceId'>;
export const ResourceId = branded<ResourceId>(z.string().min(3));

export type OperationName = `${string}.${string}`;
export const OperationName = branded<OperationName>(z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'system.verb-noun'));

/** `<system>/<question>`, for example `linux/file-exists`. */
export type CheckId = `${string}/${string}`;
export const CheckId = branded<CheckId>(z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'system/question'));

/** `<surface>/<problem>`, for example `linux/mode-not-set`. */
export type RuleId = `${string}/${string}`;
export const RuleId = branded<RuleId>(z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'surface/problem'));

/** RFC 3339 in UTC with milliseconds, so that text order is time order. */
export type Instant = Brand<string, 'Instant'>;
export const Instant = branded<Instant>(z.iso.datetime());

export type Seconds = Brand<number, 'Seconds'>;
export const Seconds = branded<Seconds>(z.number().int().positive());

export type Hash = `sha256:${string}`;
export const Hash = branded<Hash>(z.string().regex(/^sha256:[0-9a-f]{64}$/, 'sha256: and 64 hex digits'));

/** Who did something: `local:<user>` at a terminal, `token:<name>` through the API, or `recourse` by itself. */
export type Actor = `local:${string}` | `token:${string}` | 'recourse';
export const Actor = branded<Actor>(
  z.string().regex(/^(local:.+|token:.+|recourse)$/, 'local:<user>, token:<name> or recourse'),
);

/** Unknown is an answer, and never the reassuring one. */
export type Answer = 'yes' | 'no' | 'unknown';
export const Answer = z.enum(['yes', 'no', 'unknown']);
