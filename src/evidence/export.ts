import { Fault } from '../model/fault.ts';
import { changeAt, changePlace } from './layout.ts';
import { type Seal, signedSeal, unsignedSeal } from './seal.ts';
import type { Signer } from './signer.ts';
import { verifyChain } from './verify-chain.ts';

/**
 * The evidence file of one change: its records, one a line, and a seal as the last line. Nothing is sealed that would not
 * verify.
 * @param records all records of the change as canonical texts, first one first
 * Faults: `not-found` when there are none, `evidence-broken` when they are not one unbroken chain.
 */
export function exportFile(records: readonly string[], signer: Signer): string {
  const verdict = verifyChain(records);
  if (!verdict.valid)
    throw new Fault('evidence-broken', `The evidence is broken at record ${verdict.at}: ${verdict.because}.`, {
      details: { at: verdict.at, expected: verdict.expected, found: verdict.found },
    });
  const [first = ''] = records;
  const change = changeAt(first, changePlace(first, 0));
  if (change === undefined || verdict.head === null)
    throw new Fault('not-found', 'There is no evidence to export: nothing has happened yet.');
  const publicKey = Buffer.from(signer.publicKey).toString('base64');
  const seal: Seal = { change, count: verdict.facts, head: verdict.head, publicKey };
  const signature = Buffer.from(signer.sign(Buffer.from(unsignedSeal(seal)))).toString('base64');
  return [...records, signedSeal(seal, signature), ''].join('\n');
}
