/** Where a secret could have come to stand. */
export const kinds = [
  'files that are kept',
  'rows of the store',
  'what commands print',
  'the log of the server',
  'answers of the API',
  'events',
  'evidence',
  'arguments of processes',
  'the log of PostgreSQL',
  'requests to the Git remote',
  'objects of repositories',
  'pages',
] as const;
export type Kind = (typeof kinds)[number];

export interface Haystack {
  readonly kind: Kind;
  /** A file, a command, an address. */
  readonly place: string;
  readonly bytes: Uint8Array;
}

export const haystack = (kind: Kind, place: string, content: string | Uint8Array): Haystack => ({
  kind,
  place,
  bytes: Buffer.from(content),
});
