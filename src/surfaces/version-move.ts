import type { RuleFinding } from '../model/surface.ts';
import type { Position } from './manifest.ts';

const version = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+.][0-9A-Za-z.+-]*)?$/;

/** One version and no other: `1.2.3`, `v1.2.3-rc.1`. `1.2`, `^1.2.3`, `*`, `latest` are not. */
export const isExactVersion = (text: string): boolean => version.test(text);

export const isCommit = (text: string): boolean => /^[0-9a-f]{40}$|^[0-9a-f]{64}$/i.test(text);

const isDigest = (text: string): boolean => /(^|@)sha256:[0-9a-f]{64}$/i.test(text);

/** A reference that means the same thing tomorrow. A version tag is taken for one: moving it breaks its promise. */
export const isFixed = (text: string | undefined): boolean =>
  text !== undefined && (isExactVersion(text) || isCommit(text) || isDigest(text));

type Direction = 'down' | 'major' | 'minor' | 'unknown';

/** By semantic versioning: under 1.0.0 a minor step may break as a major one does. */
export function directionOf(before: string, after: string): Direction {
  const [a, b] = [numbersOf(before), numbersOf(after)];
  if (!a || !b) return 'unknown';
  const difference = a.findIndex((number, place) => number !== b[place]);
  if (difference < 0) return 'minor';
  if ((b[difference] ?? 0) < (a[difference] ?? 0)) return 'down';
  return difference === 0 || (difference === 1 && a[0] === 0) ? 'major' : 'minor';
}

const numbersOf = (text: string): readonly number[] | undefined =>
  version
    .exec(text.split('@')[0]?.replace(/^.*:/, '') ?? '')
    ?.slice(1, 4)
    .map(Number);

const classes = {
  minor: { class: 'fully-reversible', classAfterWrites: 'reversible-with-compatibility-window' },
  unknown: { class: 'fully-reversible', classAfterWrites: 'reversible-with-compatibility-window' },
  major: { class: 'reversible-with-compatibility-window', classAfterWrites: 'reversible-with-compatibility-window' },
  down: { class: 'reversible-with-compatibility-window', classAfterWrites: 'reversible-with-compatibility-window' },
} as const satisfies Record<Direction, Pick<RuleFinding, 'class' | 'classAfterWrites'>>;

/** What a move of something packaged from one version to another means, told the same way wherever it is written. */
export function versionMove(what: string, before: string, after: string, at: Position): RuleFinding {
  const direction = directionOf(before, after);
  const moves = `${what}: ${shortened(before)} → ${shortened(after)}`;
  const crds = 'A revert brings back the package, not the CRDs and the data that the newer one has changed.';
  return {
    ...classes[direction],
    message: {
      minor: `${moves}. ${crds}`,
      unknown: `${moves}. ${crds}`,
      major: `${moves} may break what the old one reads. ${crds}`,
      down: `${moves} goes down: data and CRDs that the newer one left may be unreadable to the older.`,
    }[direction],
    instead: {
      minor: 'Revert while nothing is migrated yet; after that, go forward.',
      unknown: 'Compare the two releases; revert while nothing is migrated yet.',
      major: 'Read its upgrade notes for CRDs and migrations, and render both versions before the merge.',
      down: 'Ask whether the older version can read what the newer one wrote, and whether it serves the stored CRD versions.',
    }[direction],
    closedBy: 'the newer version migrates data, or stores objects under a version that the older does not know',
    at,
  };
}

/** Digests and commits in twelve digits, as people quote them. */
const shortened = (text: string): string => text.replace(/\b([0-9a-f]{12})[0-9a-f]{28,52}\b/gi, '$1');
