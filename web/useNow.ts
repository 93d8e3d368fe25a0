import { useEffect, useState } from 'react';

/**
 * The time, ticking once a minute, and every second while something is due within ten minutes.
 * @param due milliseconds since the epoch of the next thing that closes
 */
export function useNow(due?: number): number {
  const [now, setNow] = useState(() => Date.now());
  const isNear = due !== undefined && due - now > 0 && due - now < 600_000;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      setNow(Date.now());
      timer = setTimeout(tick, toNext());
    };
    const toNext = () => (isNear ? 1000 : 60_000 - (Date.now() % 60_000));
    timer = setTimeout(tick, toNext());
    return () => clearTimeout(timer);
  }, [isNear]);
  return now;
}
