/**
 * `npm run check` calls it: every package in the lockfile has a licence that Apache-2.0 software may ship with. What is
 * only a tool of this project, and reaches nobody, is named with its licence in `tools`.
 */
import { readFile } from 'node:fs/promises';

const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1', // fonts
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);
const tools: Readonly<Record<string, RegExp>> = {
  'MPL-2.0': /^(axe-core|lightningcss(-.+)?)$/,
};

interface Locked {
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

/** One line for each package that may not stand in the lockfile. */
export function refusedLicences(lockfile: string): readonly string[] {
  const { packages } = JSON.parse(lockfile) as { packages: Readonly<Record<string, Locked>> };
  return Object.entries(packages).flatMap(([path, { license = 'no licence named', dev = false, link = false }]) => {
    const name = path.split('node_modules/').at(-1) ?? '';
    const isTool = dev && tools[license]?.test(name) === true;
    return name === '' || link || isTool || isAllowed(license) ? [] : [`${name}: ${license}`];
  });
}

/** An SPDX expression: one of several is enough, all of several must be allowed. */
const isAllowed = (expression: string): boolean =>
  expression
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => allowed.has(licence)));

if (import.meta.main) {
  const refused = refusedLicences(await readFile(new URL('../package-lock.json', import.meta.url), 'utf8'));
  for (const line of refused) console.error(line);
  process.exitCode = refused.length > 0 ? 1 : 0;
}
