import { chmod, writeFile } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';
import type { z } from 'zod';

import { putFile } from '#src/operations/linux/put-file.ts';
import { setFileMode } from '#src/operations/linux/set-file-mode.ts';
import type { Files } from '#src/systems/linux.ts';

import { canBeMadeImmutable, everythingIn, immutable, place, swapped } from '../operations/linux/file-world.ts';
import { inverseMutants } from './inverse-mutants.ts';
import { mutants } from './mutants.ts';
import { brokenLaws, lawNames } from './obeys-the-laws.ts';
import { secretMutants } from './secret-mutants.ts';
import type { MakeWorld } from './world.ts';

const world = async () => {
  const { client, folder, at, remove } = await place();
  const path = at('app.conf');
  await writeFile(path, 'port = 80\n', { mode: 0o644 });
  return {
    client,
    params: { path, mode: '0600' },
    fingerprint: () => everythingIn(folder),
    edit: () => chmod(path, 0o640),
    swap: swapped(path),
    deny: immutable(path),
    close: remove,
  };
};
const secretWorld: MakeWorld<z.infer<typeof putFile.params>, Files> = async (keys) => {
  const { client, folder, at, remove } = await place();
  const why = 'not needed here';
  return {
    client,
    params: { path: at('password'), content: await keys.seal('correct horse battery staple', 'content') },
    fingerprint: () => everythingIn(folder),
    edit: { why },
    swap: { why },
    deny: { why },
    secrets: ['correct horse battery staple'],
    close: remove,
  };
};
const needsImmutable = new Set<string>([
  'a lost permission is a clear fault',
  'once the permission is back, it can be tried again',
]);

describe('the law kit', () => {
  test('finds nothing wrong with the honest operation', async () => {
    expect(await brokenLaws(setFileMode, { world })).toEqual([]);
  });

  test.for(Object.entries({ ...mutants, ...inverseMutants }))(
    '[R0.2] kills %s',
    async ([, { breaks, by }], { skip }) => {
      if (needsImmutable.has(breaks) && !canBeMadeImmutable) skip('skipped: chattr +i does not work here');
      expect(await brokenLaws({ ...setFileMode, ...by() }, { world }, [breaks])).toEqual([breaks]);
    },
  );

  test.for(Object.entries(secretMutants))('[R0.2] kills %s', async ([, { breaks, by }]) => {
    expect(await brokenLaws(putFile, { world: secretWorld }, [breaks])).toEqual([]);
    expect(await brokenLaws({ ...putFile, ...by }, { world: secretWorld }, [breaks])).toEqual([breaks]);
  });

  test('has no law that no mutant needs', () => {
    const needed = new Set(
      Object.values({ ...mutants, ...inverseMutants, ...secretMutants }).map(({ breaks }) => breaks),
    );
    expect(lawNames.filter((law) => !needed.has(law))).toEqual([]);
  });
});
