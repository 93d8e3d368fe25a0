import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { hashingOf, isScramVerifierOf, scramVerifier } from '#src/systems/postgres-scram.ts';

/** The example of RFC 7677, as a verifier. */
const pencil =
  'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=';
const ascii = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 });

describe('a verifier', () => {
  test('is that of the RFC for the example of the RFC', async () => {
    expect(await isScramVerifierOf(pencil, 'pencil')).toBe(true);
    expect(await isScramVerifierOf(pencil, 'pencils')).toBe(false);
  });

  test('that is made belongs to its password and to no other, and is the same for the same step', async () => {
    await fc.assert(
      fc.asyncProperty(ascii, ascii, fc.integer({ min: 1, max: 50 }), async (password, other, iterations) => {
        const made = await scramVerifier(password, 'a step', iterations);
        expect(hashingOf(made)).toBe('SCRAM-SHA-256');
        expect(await isScramVerifierOf(made, password)).toBe(true);
        expect(await isScramVerifierOf(made, other)).toBe(other === password);
        expect(await scramVerifier(password, 'a step', iterations)).toBe(made);
        expect(await scramVerifier(password, 'another step', iterations)).not.toBe(made);
      }),
      { numRuns: 50 },
    );
  });

  test('of another kind belongs to nobody we know', async () => {
    expect(await isScramVerifierOf(null, 'pencil')).toBe(false);
    expect(await isScramVerifierOf(`md5${'0'.repeat(32)}`, 'pencil')).toBe(false);
  });

  test.each(['', 'tab\t', 'pässword', 'key\u{1f511}', 'nul\0'])('is not made of %j', async (password) => {
    await expect(scramVerifier(password, 'a step', 1)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('is told from what the server would take for a password', () => {
    expect(hashingOf(null)).toBe('none');
    expect(hashingOf(`md5${'0a'.repeat(16)}`)).toBe('md5');
    for (const text of [
      '',
      'a password',
      `md5${'0'.repeat(31)}`,
      pencil.slice(1),
      pencil.slice(0, -1),
      pencil.replace('W22Z', 'W22'),
    ])
      expect(() => hashingOf(text)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });
});
