/** Times and durations in words. Facts are absolute, windows relative first; nothing says "soon" or "ago" alone. */
const formats = new Map<string, Intl.DateTimeFormat>();
function format(zone: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone ?? ''} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', { hourCycle: 'h23', ...options, ...(zone && { timeZone: zone }) });
  formats.set(key, made);
  return made;
}

const clockOf = (at: Date, zone: string | undefined) => format(zone, { hour: '2-digit', minute: '2-digit' }).format(at);
const dateOf = (at: Date, zone: string | undefined, withYear: boolean) =>
  format(zone, { day: 'numeric', month: 'short', ...(withYear && { year: 'numeric' }) }).format(at);
const weekdayOf = (at: Date, zone: string | undefined) => format(zone, { weekday: 'short' }).format(at);
const yearOf = (at: Date, zone: string | undefined) => format(zone, { year: 'numeric' }).format(at);
/** Days since the epoch, counted by the calendar of the zone. */
function dayOf(at: Date, zone: string | undefined): number {
  const parts = format(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day')) / 86_400_000;
}

/** `02:40` today, `Mon 22:14` in the days around, else `21 Nov 14:05`. */
export function momentWords(at: string, now: number, zone?: string): string {
  const [then, today] = [new Date(at), new Date(now)];
  const days = dayOf(then, zone) - dayOf(today, zone);
  const clock = clockOf(then, zone);
  if (days === 0) return clock;
  if (Math.abs(days) < 6) return `${weekdayOf(then, zone)} ${clock}`;
  return `${dateOf(then, zone, yearOf(then, zone) !== yearOf(today, zone))} ${clock}`;
}

/** `02:38:05.870`: how evidence says when. */
export function exactWords(at: string, zone?: string): string {
  const then = new Date(at);
  const clock = format(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(then);
  return `${clock}.${String(then.getUTCMilliseconds()).padStart(3, '0')}`;
}

export function clockWords(at: number, zone?: string): string {
  return format(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(at));
}

/** `Today` `Tue 24 Nov`, `Yesterday` `Mon 23 Nov`, else the date alone. */
export function dayWords(at: string, now: number, zone?: string): { readonly name: string; readonly date: string } {
  const [then, today] = [new Date(at), new Date(now)];
  const days = dayOf(today, zone) - dayOf(then, zone);
  const date = `${weekdayOf(then, zone)} ${dateOf(then, zone, yearOf(then, zone) !== yearOf(today, zone))}`;
  return { name: days === 0 ? 'Today' : days === 1 ? 'Yesterday' : '', date };
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;
/** Rounded down, two units; seconds only under ten minutes. */
export function durationWords(ms: number): string {
  if (ms < 1000) return ms < 0 ? '0 s' : `${Math.floor(ms)} ms`;
  if (ms < 10_000) return `${(Math.floor(ms / 100) / 10).toFixed(1).replace(/\.0$/, '')} s`;
  const usable = ms < 600_000 ? units : units.slice(0, 3);
  const first = usable.findIndex(([, size]) => ms >= size);
  let rest = ms;
  const words: string[] = [];
  for (const [unit, size] of usable.slice(first, first + 2)) {
    const n = Math.floor(rest / size);
    rest -= n * size;
    if (n > 0) words.push(`${n} ${unit}`);
  }
  return words.join(' ');
}

/** `CET (UTC+1)`, or `UTC`. */
export function zoneWords(now: number, zone?: string): string {
  if (zone === 'UTC') return 'UTC';
  const named = (timeZoneName: 'short' | 'shortOffset') =>
    format(zone, { timeZoneName, hour: '2-digit' })
      .formatToParts(new Date(now))
      .find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const offset = named('shortOffset').replace('GMT', 'UTC');
  const name = named('short');
  if (/^UTC([+-]0)?$/.test(offset)) return 'UTC';
  return name.startsWith('GMT') ? offset : `${name} (${offset})`;
}
