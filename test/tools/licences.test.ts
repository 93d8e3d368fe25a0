import { expect, test } from 'vitest';

import { refusedLicences } from '../../tools/licences.ts';

const lockfile = (licences: Readonly<Record<string, object>>) =>
  JSON.stringify({
    packages: {
      '': { license: 'Apache-2.0' },
      ...Object.fromEntries(Object.entries(licences).map(([name, entry]) => [`node_modules/${name}`, entry])),
    },
  });

test.for([
  { license: 'MIT' },
  { license: '(MIT OR GPL-3.0)' },
  { license: 'MIT AND ISC' },
  { license: 'MIT', dev: true },
])('%j may be used', (entry) => expect(refusedLicences(lockfile({ '@scope/a': entry }))).toEqual([]));

test.for([
  [{ license: 'GPL-2.0' }, '@scope/a: GPL-2.0'],
  [{ license: 'MIT AND GPL-2.0' }, '@scope/a: MIT AND GPL-2.0'],
  [{ license: 'MPL-2.0', dev: true }, '@scope/a: MPL-2.0'],
  [{}, '@scope/a: no licence named'],
] as const)('%j may not', ([entry, refusal]) => {
  expect(refusedLicences(lockfile({ '@scope/a': entry }))).toEqual([refusal]);
});

test('a tool that reaches nobody may be under a licence of files, and only as a tool', () => {
  expect(refusedLicences(lockfile({ 'axe-core': { license: 'MPL-2.0', dev: true } }))).toEqual([]);
  expect(refusedLicences(lockfile({ 'axe-core': { license: 'MPL-2.0' } }))).toEqual(['axe-core: MPL-2.0']);
});
