import { useEffect, useRef } from 'react';

import { singleKeys } from './preferences.ts';

/** `j`, `?`, or a sequence of two: `g c`. */
export type KeyTable = Readonly<Record<string, () => void>>;

const sequenceMs = 1200;

/**
 * Single keys for hands that know them. They do nothing while somebody types, and none of them changes production.
 * @param table what each key does; another table on the same page adds its own
 */
export function useKeys(table: KeyTable): void {
  const current = useRef(table);
  useEffect(() => {
    current.current = table;
  });
  useEffect(() => {
    let first: { key: string; at: number } | undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      if (singleKeys.get() === 'off' && event.key !== 'Escape' && event.key !== '?') return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const sequence = first && Date.now() - first.at < sequenceMs ? `${first.key} ${key}` : undefined;
      first = key === 'g' ? { key, at: Date.now() } : undefined;
      const act = (sequence && current.current[sequence]) || (!sequence && current.current[key]);
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(input|textarea|select)$/i.test(target.tagName) ||
    target.closest('[role="dialog"],[role="menu"],[role="listbox"]') !== null);
