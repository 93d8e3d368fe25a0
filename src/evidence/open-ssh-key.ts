/** An Ed25519 public key as SSH writes it (RFC 8709): what a fingerprint is taken of, so that `ssh-keygen -l` says the same. */
export function openSshKey(publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  const name = new TextEncoder().encode('ssh-ed25519');
  return Uint8Array.from([0, 0, 0, name.length, ...name, 0, 0, 0, publicKey.length, ...publicKey]);
}
