import type { Migration } from '../model/migration.ts';
import type { Failure } from '../model/scratch.ts';

/**
 * What an extension brings, by words that nothing else has. Source: "Additional Supplied Modules and Extensions" in the
 * documentation of PostgreSQL.
 */
const words = {
  btree_gin: /no default operator class for access method "gin"/,
  btree_gist: /no default operator class for access method "gist"/,
  citext: /\bcitext\b/i,
  cube: /\bcube\b/i,
  earthdistance: /\b(?:ll_to_earth|earth_distance|earth_box)\b/i,
  fuzzystrmatch: /\b(?:levenshtein|soundex|d?metaphone)\b/i,
  hstore: /\bhstore\b/i,
  intarray: /\b(?:gin__int_ops|gist__int_ops)\b/i,
  isn: /\b(?:isbn|issn|ean)13\b/i,
  ltree: /\b(?:ltree|lquery|gist_ltree_ops)\b/i,
  pg_trgm: /\b(?:gin_trgm_ops|gist_trgm_ops|(?:word_)?similarity|show_trgm)\b/i,
  pgcrypto: /\b(?:gen_salt|crypt|digest|hmac|gen_random_bytes|pgp_\w+crypt)\s*\(/i,
  tablefunc: /\bcrosstab\b/i,
  unaccent: /\bunaccent\b/i,
  'uuid-ossp': /\buuid_(?:generate_v\d\w*|nil|ns_\w+)\b/i,
} as const satisfies Record<string, RegExp>;

/** Extensions that migrations create, and those of which they use something. */
export function extensionsIn(migrations: readonly Migration[]): readonly string[] {
  const texts = migrations.flatMap(({ up, down }) => [up.text, ...(down ? [down.text] : [])]);
  const created = texts.flatMap((text) =>
    [...text.matchAll(/\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?"?([\w-]+)/gi)].map(([, name = '']) =>
      name.toLowerCase(),
    ),
  );
  const isIndexed = texts.some((text) => /\busing\s+gi(?:n|st)\b/i.test(text));
  const used = Object.entries(words)
    .filter(([name, word]) => (isIndexed && name.startsWith('btree_')) || texts.some((text) => word.test(text)))
    .map(([name]) => name);
  return [...new Set([...created, ...used])].toSorted();
}

/** The extension without which a statement failed, by what the server misses. */
export const missingExtension = ({ sqlState, message }: Failure): string | undefined =>
  ['42704', '42883'].includes(sqlState) ? Object.entries(words).find(([, word]) => word.test(message))?.[0] : undefined;
