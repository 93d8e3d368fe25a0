import { createHash } from 'node:crypto';

import type { EvidenceFile } from '#src/evidence/blocks-of.ts';
import { canonical } from '#src/evidence/canonical.ts';
import { exportFile } from '#src/evidence/export.ts';
import { makeKeyring } from '#src/evidence/keyring.ts';
import { nodePrimitives } from '#src/evidence/node-primitives.ts';
import { type Seal, signedSeal, unsignedSeal } from '#src/evidence/seal.ts';
import { type Verdict, verify } from '#src/evidence/verify.ts';
import type { ChangeId, Hash } from '#src/model/ids.ts';
import type { Json } from '#src/model/json.ts';

import { at, chainOf, change, facts } from './chain-of.ts';
import { counted, master } from './keys.ts';

export const { signer } = makeKeyring(master, counted());
export const otherChange = '01JDQ2W3E4R5T6Y7V8B9N0M1QB' as ChangeId;

/** The evidence of one change: four records and a seal. */
export const records = chainOf(facts);
export const file = exportFile(records, signer);

export const verdictOn = (given: EvidenceFile, key?: string): Promise<Verdict> =>
  verify(given, nodePrimitives, key === undefined ? {} : { key });

export async function placeOf(given: EvidenceFile): Promise<number | 'seal' | 'nowhere'> {
  const verdict = await verdictOn(given);
  return verdict.valid ? 'nowhere' : verdict.at;
}

export const hashOf = (text: string | undefined): Hash => (JSON.parse(text ?? '') as { hash: Hash }).hash;

/** Records made without asking the model, as an attacker or a newer Recourse could. */
export function madeByHand(members: readonly Record<string, Json>[]): readonly string[] {
  let previous: Json = null;
  return members.map((own, index) => {
    const rest = { at, by: 'local:jane', change, previous, seq: index + 1, ...own };
    const hash = `sha256:${createHash('sha256').update(canonical(rest)).digest('hex')}`;
    previous = hash;
    return canonical({ ...rest, hash });
  });
}

/** Sealed without asking whether it should be. */
export function sealedByHand(texts: readonly string[], other: Partial<Seal> = {}): string {
  const publicKey = Buffer.from(signer.publicKey).toString('base64');
  const seal = { change, count: texts.length, head: hashOf(texts.at(-1)), publicKey, ...other };
  const signature = Buffer.from(signer.sign(Buffer.from(unsignedSeal(seal)))).toString('base64');
  return [...texts, signedSeal(seal, signature), ''].join('\n');
}
