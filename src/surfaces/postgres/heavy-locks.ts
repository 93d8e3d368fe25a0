import type { Versions } from '../../model/artifact.ts';
import { baseOf } from './catalog/type-name.ts';
import { additionsToOld, changesOfOld, type Found, type SchemaMigration } from './schema-migration.ts';

export interface HeavyLock {
  readonly found: Found;
  readonly why: string;
  readonly instead: string;
}

/** What reads or rewrites a whole table that was there before, while others wait for it. */
export function* heavyLocks(change: Versions<SchemaMigration>): Iterable<HeavyLock> {
  for (const found of additionsToOld(change)) {
    const lock = lockOfAddition(found);
    if (lock) yield { found, ...lock };
  }
  for (const found of changesOfOld(change)) {
    const lock = lockOfChange(found);
    if (lock) yield { found, ...lock };
  }
}

type Lock = Omit<HeavyLock, 'found'>;

function lockOfAddition({ step, effect }: Found): Lock | undefined {
  const { kind, after, table = '', name } = effect;
  if (kind === 'index') {
    const isConcurrent = 'IndexStmt' in step.statement.node && step.statement.node.IndexStmt.concurrent === true;
    return isConcurrent
      ? undefined
      : {
          why: `Building the index “${name}” keeps all writes to “${table}” waiting`,
          instead: 'CREATE INDEX CONCURRENTLY, outside of a transaction.',
        };
  }
  if (kind === 'constraint') {
    const type = String(after?.facts['type']);
    const usesIndex = step.effects.some((other) => other.kind === 'index' && !other.after);
    if (after?.facts['isValid'] === false || usesIndex) return undefined;
    const isOnNewColumn = step.effects.some(
      (other) => other.kind === 'column' && !other.before && after?.goesWith.includes(other.after?.oid ?? 0) === true,
    );
    if (isOnNewColumn && type !== 'UNIQUE' && type !== 'PRIMARY KEY') return undefined;
    const isKey = type === 'UNIQUE' || type === 'PRIMARY KEY' || type === 'EXCLUDE';
    return {
      why: `The constraint “${after?.name}” is checked against every row of “${table}” under a lock`,
      instead: isKey
        ? 'Build a unique index CONCURRENTLY and add the constraint USING INDEX.'
        : 'Add it NOT VALID, and VALIDATE CONSTRAINT in a later migration.',
    };
  }
  const given = after?.facts['default'];
  const isRewritten =
    kind === 'column' &&
    ((typeof given === 'string' && isVolatile(given)) ||
      after?.facts['identity'] !== undefined ||
      String(after?.facts['generated'] ?? '').endsWith(' s'));
  return isRewritten
    ? {
        why: `“${name}” is computed for every row, so all of “${table}” is rewritten under a lock`,
        instead: 'Add the column without a default, fill it in batches, then set the default.',
      }
    : undefined;
}

const isVolatile = (text: string): boolean =>
  /\b(?:random|gen_random_uuid|uuid_generate_v\w+|uuidv\d|clock_timestamp|nextval|timeofday)\b/.test(text);

function lockOfChange({ effect }: Found): Lock | undefined {
  const { kind, before, after, table = '', name } = effect;
  if (kind === 'table' && before && after && before.facts['persistence'] !== after.facts['persistence'])
    return { why: `All of “${name}” is rewritten under a lock`, instead: 'Do it while nobody uses the table.' };
  if (kind !== 'column' || !before || !after) return undefined;
  if (
    before.facts['notNull'] !== true &&
    after.facts['notNull'] === true &&
    before.facts['type'] === after.facts['type']
  )
    return {
      why: `Every row of “${table}” is read under a lock to see that “${after.name}” is never empty`,
      instead: 'Add CHECK (… IS NOT NULL) NOT VALID, validate it, then SET NOT NULL.',
    };
  if (
    before.facts['type'] === after.facts['type'] ||
    isOnlyLonger(effect.sql('type', 'before'), effect.sql('type', 'after'))
  )
    return undefined;
  return {
    why: `“${name}” gets another type, so all of “${table}” and its indexes are rewritten under a lock`,
    instead: 'Add a column of the new type, fill it in batches, and switch.',
  };
}

/** A text that only may be longer is left as it lies. */
function isOnlyLonger(from: string, to: string): boolean {
  if (!isText(from) || !isText(to)) return false;
  const length = (type: string): number => Number(/\((\d+)/.exec(type)?.[1] ?? Infinity);
  return length(to) >= length(from);
}

const isText = (type: string): boolean => baseOf(type) === 'varchar' || baseOf(type) === 'text';
