import { describe, expect, test } from 'vitest';

import { dayWords, durationWords, exactWords, momentWords, zoneWords } from '../../web/time.ts';
import { windowSentence, windowWords } from '../../web/windowWords.ts';

const zone = 'Europe/Berlin';
const now = Date.parse('2026-11-24T02:12:00.000Z'); // Tuesday, 03:12 there
const hours = 3_600_000;
const instant = (text: string) => text as never;

describe('moments', () => {
  test.each([
    ['2026-11-24T01:40:00.000Z', '02:40'],
    ['2026-11-23T23:30:00.000Z', '00:30'],
    ['2026-11-23T21:14:00.000Z', 'Mon 22:14'],
    ['2026-11-25T01:40:00.000Z', 'Wed 02:40'],
    ['2026-11-18T09:12:00.000Z', '18 Nov 10:12'],
    ['2025-11-21T13:05:00.000Z', '21 Nov 2025 14:05'],
  ])('%s reads %s', (at, words) => expect(momentWords(at, now, zone)).toBe(words));

  test('evidence keeps its milliseconds', () => {
    expect(exactWords('2026-11-24T01:38:05.870Z', zone)).toBe('02:38:05.870');
    expect(exactWords('2026-11-24T01:38:05.007Z', 'UTC')).toBe('01:38:05.007');
  });

  test('days have names while they are near', () => {
    expect(dayWords('2026-11-24T01:00:00Z', now, zone)).toEqual({ name: 'Today', date: 'Tue 24 Nov' });
    expect(dayWords('2026-11-23T01:00:00Z', now, zone)).toEqual({ name: 'Yesterday', date: 'Mon 23 Nov' });
    expect(dayWords('2026-11-20T01:00:00Z', now, zone).name).toBe('');
  });

  test('the zone says its offset', () => {
    expect(zoneWords(now, 'Europe/Paris')).toMatch(/UTC\+1/);
    expect(zoneWords(now, 'UTC')).toBe('UTC');
  });
});

test.each([
  [43, '43 ms'],
  [1930, '1.9 s'],
  [43_400, '43 s'],
  [391_000, '6 min 31 s'],
  [599_999, '9 min 59 s'],
  [600_000, '10 min'],
  [2.8 * hours + 59_999, '2 h 48 min'],
  [23 * hours + 28 * 60_000, '23 h 28 min'],
  [141 * hours, '5 d 21 h'],
  [-5, '0 s'],
])('%d ms are %s, rounded down', (ms, words) => expect(durationWords(ms)).toBe(words));

describe('windows', () => {
  const base = { status: 'applied', class: 'reversible-with-compatibility-window', window: null } as const;
  const applied = '2026-11-24T01:40:00.000Z';
  const words = (over: Partial<Parameters<typeof windowWords>[0]>) =>
    windowWords({ ...base, ...over }, applied, now, zone);

  test('a clock: what is left first, then what closes it, and how much is used up', () => {
    const said = words({ window: { until: instant('2026-11-25T01:40:00.000Z') } });
    expect(said).toMatchObject({ says: '23 h 28 min', closes: 'Wed 02:40, clock' });
    expect(said.bar?.used).toBeCloseTo(32 / (24 * 60), 3);
    expect(said.bar?.isFading).toBe(false);
  });

  test('an event beside the clock is named', () => {
    const window = { until: instant('2026-11-25T01:40:00.000Z'), before: 'the old key is deleted' };
    expect(words({ window }).closes).toBe('or when the old key is deleted');
    expect(windowSentence(window, now, zone)).toBe('Until Wed 02:40, earlier when the old key is deleted.');
  });

  test('without a clock it has no fixed end', () => {
    expect(words({ window: { before: 'the contract phase' } })).toMatchObject({
      bar: { isFading: true },
      says: 'No fixed end',
      closes: 'until the contract phase',
    });
  });

  test('a clock that has run out is closed, with its time', () => {
    expect(words({ window: { until: instant('2026-11-24T01:50:00.000Z') } })).toEqual({
      says: 'Closed',
      closes: '02:50, clock',
    });
  });

  test.each([
    ['awaiting-approval', 'fully-reversible', 'Opens when applied'],
    ['applied', 'fully-reversible', 'Until the next change there'],
    ['applied', 'forward-only', 'No way back'],
    ['awaiting-approval', 'non-recoverable-without-restore', 'No way back'],
    ['rolled-back', 'fully-reversible', 'Taken back'],
    ['partly-rolled-back', 'fully-reversible', 'Taken back in part'],
    ['failed', 'fully-reversible', 'Not applied'],
    ['denied', 'forward-only', 'Not applied'],
    ['closed', 'fully-reversible', 'Closed'],
  ] as const)('%s and %s: %s', (status, ofClass, says) => {
    expect(words({ status, class: ofClass })).toEqual({ says });
  });
});
