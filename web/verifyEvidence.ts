/** Verifies an evidence file here, in the browser; nothing is sent anywhere. The verifier comes with the first use. */
import type { ChangeId, Hash, Instant } from '../src/model/ids.ts';
import { sentence } from './names.ts';
import { Refused } from './Refused.ts';

interface Checked {
  readonly at: Instant;
  readonly tookMs: number;
}
export type Verdict =
  | (Checked & {
      readonly isValid: true;
      readonly change: ChangeId;
      readonly facts: number;
      readonly head: Hash;
      /** `SHA256:` and base64, as `ssh-keygen -l` prints it. */
      readonly sealedBy: string;
    })
  | (Checked & {
      readonly isValid: false;
      /** The first fact that does not hold; absent when it is the seal. */
      readonly brokenAt?: number;
      readonly says: string;
      readonly because: string;
      readonly expected: string;
      readonly found: string;
    });

/** Faults (as `Refused`): `unreachable` where the browser offers no cryptography to this page. */
export async function verifyEvidence(file: Uint8Array): Promise<Verdict> {
  const [{ verify }, { webPrimitives }] = await Promise.all([
    import('../src/evidence/verify.ts'),
    import('../src/evidence/web-primitives.ts'),
  ]);
  if (!webPrimitives) throw new Refused(noCryptography, 0);
  const begun = performance.now();
  const verdict = await verify(file, webPrimitives);
  const checked: Checked = {
    at: new Date().toISOString() as Instant,
    tookMs: Math.max(1, Math.round(performance.now() - begun)),
  };
  if (verdict.valid)
    return {
      ...checked,
      isValid: true,
      change: verdict.change,
      facts: verdict.facts,
      head: verdict.head,
      sealedBy: verdict.keyFingerprint,
    };
  const { at, because, expected, found } = verdict;
  return {
    ...checked,
    isValid: false,
    ...(at !== 'seal' && { brokenAt: at }),
    says: at === 'seal' ? 'Broken at the seal' : `Broken at fact ${at}`,
    because: sentence(because),
    expected,
    found,
  };
}

const noCryptography = {
  code: 'unreachable',
  message: 'This browser cannot verify here: it offers its cryptography only to pages from HTTPS or localhost.',
  advice: 'Save the evidence file and run `recourse evidence verify` on it.',
  retry: 'never',
} as const;
