/** What this browser remembers about how somebody likes to look and type. */
import { type Cell, cell } from './cell.ts';

function kept<T extends string>(key: string, initial: T, allowed: readonly T[]): Cell<T> {
  const stored = localStorage.getItem(key);
  const value = cell<T>(allowed.find((one) => one === stored) ?? initial);
  return {
    ...value,
    set: (next) => {
      localStorage.setItem(key, next);
      value.set(next);
    },
  };
}

export const zoneChoice = kept('recourse-zone', 'local', ['local', 'UTC']);
export const singleKeys = kept('recourse-single-keys', 'on', ['on', 'off']);
