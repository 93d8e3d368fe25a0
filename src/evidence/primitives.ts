type Bytes = Uint8Array<ArrayBuffer>;

/** What verification needs of its surroundings, so that it runs in Node and in browsers alike. */
export interface Primitives {
  /** SHA-256 of each, 64 hex digits. */
  readonly sha256: (parts: readonly Bytes[]) => readonly string[] | Promise<readonly string[]>;
  /** Ed25519. @param publicKey 32 bytes @param signature 64 bytes */
  readonly isSignedBy: (publicKey: Bytes, signature: Bytes, signed: Bytes) => boolean | Promise<boolean>;
}
