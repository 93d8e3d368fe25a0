import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { formatMasterKey, parseMasterKey } from '#src/evidence/master-key.ts';

import { master } from './keys.ts';

const line = 'recourse-key-1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';

describe('a master key', () => {
  test('is written as it always was, and read, with or without white space around it', () => {
    expect(formatMasterKey(master)).toBe(line);
    for (const text of [line, `${line}\n`, ` ${line}\r\n\n`]) expect(parseMasterKey(text)).toEqual(master);
  });

  test('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        expect(parseMasterKey(formatMasterKey(key))).toEqual(key);
      }),
    );
  });

  test.each([
    ['is empty', '\n', 'it is empty'],
    ['is of another kind', '-----BEGIN SECRET-----', 'white space'],
    ['is without its beginning', line.slice(15), 'does not begin'],
    ['is of another version', line.replace('-1:', '-2:'), 'does not begin'],
    ['is cut', line.slice(0, -4), '32 bytes'],
    ['is longer', `${line.slice(0, -1)}AAA`, '32 bytes'],
    ['stands twice', `${line}\n${line}`, 'more than one line'],
    ['has other bits at its end', line.replace('8=', '9='), '32 bytes'],
    ['is base64url', line.replace('AAEC', '_-EC'), '32 bytes'],
  ])('that %s is refused, and not shown', (_, text, because) => {
    expect(() => parseMasterKey(text)).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining(because) as string }),
    );
    expect(() => parseMasterKey(text)).not.toThrow(/AwQFBgcI|SECRET/);
  });

  test('of another length is not written', () => {
    expect(() => formatMasterKey(new Uint8Array(31))).toThrow(/32 bytes/);
  });
});
