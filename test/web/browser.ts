import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { type Browser, chromium } from 'playwright-core';

export interface FoundBrowser {
  /** Why there is none on this machine. */
  readonly missing: string | undefined;
  launch(): Promise<Browser>;
}

/** The machine's own Chrome or Chromium; where there is none, on Linux x64, the one that npm brings. */
export async function findBrowser(): Promise<FoundBrowser> {
  const found = await ownBrowser().then(
    (own) => own ?? packagedBrowser(),
    (error: unknown) => error,
  );
  const missing = typeof found === 'string' ? undefined : `no Chrome or Chromium here: ${String(found)}`;
  return {
    missing,
    launch: () => chromium.launch({ executablePath: String(found), timeout: 60_000 }),
  };
}

async function ownBrowser(): Promise<string | undefined> {
  if (process.env['RECOURSE_BROWSER'] === 'npm') return undefined;
  const places = [
    process.env['CHROMIUM_PATH'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return places.find((path) => path !== undefined && existsSync(path));
}

const cache = fileURLToPath(new URL('../../node_modules/.cache/chromium/', import.meta.url));
const version = '153.0.0';

/** Not a dependency, because most machines have a browser: 60 MB that are fetched when they are needed. */
async function packagedBrowser(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('and none comes from npm for it');
  mkdirSync(cache, { recursive: true });
  const require = createRequire(`${cache}package.json`);
  const isThere = existsSync(`${cache}node_modules/@sparticuz/chromium/package.json`);
  if (!isThere)
    await promisify(execFile)('npm', [
      'install',
      '--prefix',
      cache,
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      `@sparticuz/chromium@${version}`,
    ]);
  // It unpacks its own copies of the NSS libraries only where it takes itself to run in a Lambda, and unpacks into
  // the folder for temporary files, whose path others can guess.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs24.x';
  process.env['TMPDIR'] = cache;
  const { default: packaged } = (await import(require.resolve('@sparticuz/chromium'))) as {
    default: { executablePath(): Promise<string> };
  };
  const path = await packaged.executablePath();
  // Its own list of folders does not name this one; without any font it ends at the first input that it draws.
  const fonts = `${cache}fonts/own.conf`;
  await writeFile(fonts, `<fontconfig><dir>${cache}fonts</dir><cachedir>${cache}fonts</cachedir></fontconfig>`);
  process.env['FONTCONFIG_FILE'] = fonts;
  return path;
}
