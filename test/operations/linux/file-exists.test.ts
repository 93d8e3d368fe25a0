import { mkdir, symlink, writeFile } from 'node:fs/promises';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { fileExists } from '#src/checks/linux/file-exists.ts';

import { failing } from '../../laws/failing.ts';
import { place } from './file-world.ts';
import type { Place } from './file-world.ts';

describe('linux/file-exists', () => {
  let here: Place;
  let path: string;
  beforeEach(async () => {
    here = await place();
    path = here.at('app.conf');
  });
  afterEach(() => here.remove());
  const { signal } = new AbortController();
  const asked = (client = here.client) => fileExists.answer({ path }, { client, signal });

  test('takes its own examples', () => {
    for (const example of fileExists.examples) expect(fileExists.subject.parse(example)).toEqual(example);
  });

  test('yes, with what was seen', async () => {
    await writeFile(path, 'port = 80\n', { mode: 0o600 });
    expect(await asked()).toEqual({
      answer: 'yes',
      seen: `${path} is a file of 10 bytes with mode 0600`,
      goodFor: 10,
    });
    path = here.at('folder');
    await mkdir(path);
    expect(await asked()).toMatchObject({ answer: 'yes', seen: expect.stringContaining('is a folder') });
  });

  test('no, when it or its folder is not there', async () => {
    expect(await asked()).toMatchObject({ answer: 'no', seen: expect.stringContaining('there is nothing') });
    path = here.at('etc/app.conf');
    expect(await asked()).toMatchObject({ answer: 'no' });
  });

  test('unknown, where it cannot tell', async () => {
    await symlink('/etc/passwd', path);
    expect(await asked()).toMatchObject({ answer: 'unknown', seen: expect.stringContaining('symbolic link') });
  });

  test('what is no fault of the system is thrown', async () => {
    await expect(asked(failing(here.client, 1, 'before').client)).rejects.toThrow('died at call 1');
  });
});
