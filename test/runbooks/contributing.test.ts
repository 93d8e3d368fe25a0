/**
 * The code that CONTRIBUTING.md shows is code: it compiles under the strictest flags, and its tests are run here. A
 * block that names a file of this project is that file, to the letter.
 */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { afterAll, expect, test } from 'vitest';

import type { Surface } from '#src/model/surface.ts';

import { root } from '../../tools/tree.ts';
import { fencesIn } from './page.ts';

const page = await readFile(`${root}CONTRIBUTING.md`, 'utf8');
const shown = new Map(
  fencesIn(page).flatMap(({ language, about, lines }) =>
    language === 'ts' && about !== undefined ? [[about, `${lines.join('\n')}\n`] as const] : [],
  ),
);
const ours = new Map(
  await Promise.all(
    [...shown.keys()].map(async (path) => [path, await readFile(root + path, 'utf8').catch(() => undefined)] as const),
  ),
);
const added = new Map([...shown].filter(([path]) => ours.get(path) === undefined));
const rules =
  "import { secretInPlainText } from './secret-in-plain-text.ts';\n\nexport const rules = { secretInPlainText };\n";

/** A copy of the project with what the page adds; what it only reads is linked, so that both are the same modules. */
async function copyWith(files: ReadonlyMap<string, string>): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'recourse-contributing-')));
  await copyFile(`${root}package.json`, join(folder, 'package.json'));
  await symlink(`${root}node_modules`, join(folder, 'node_modules'));
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await linkRest('src', folder);
  await linkRest('test', folder);
  return folder;
}

async function linkRest(path: string, folder: string): Promise<void> {
  await mkdir(join(folder, path), { recursive: true });
  const made = new Map(
    (await readdir(join(folder, path), { withFileTypes: true })).map((entry) => [entry.name, entry]),
  );
  for (const entry of await readdir(root + path, { withFileTypes: true }))
    if (!made.has(entry.name)) await symlink(`${root}${path}/${entry.name}`, join(folder, path, entry.name));
    else if (entry.isDirectory()) await linkRest(`${path}/${entry.name}`, folder);
}

const folder = await copyWith(new Map([...added, ['src/surfaces/env-file/registry.ts', rules]]));
afterAll(() => rm(folder, { recursive: true }));

test.for([...ours].filter(([, text]) => text !== undefined))('%s is shown as it is', async ([path, text]) => {
  if (process.env['RECOURSE_PAGES'] === 'write') {
    const block = new RegExp(`(\`\`\`ts ${path}\\n)[^]*?(^\`\`\`$)`, 'm');
    await writeFile(
      `${root}CONTRIBUTING.md`,
      page.replace(block, (_, begin: string, end: string) => `${begin}${text ?? ''}${end}`),
    );
  } else expect(shown.get(path)).toBe(text);
});

test('it adds an operation and its test, and a rule that is its own', () => {
  expect([...added.keys()].filter((path) => /^src\/(operations|surfaces)\//.test(path)).length).toBeGreaterThan(1);
  expect([...added.keys()].filter((path) => path.endsWith('.test.ts'))).toHaveLength(1);
});

test('what it adds compiles', { timeout: 60_000 }, async () => {
  const options = {
    extends: `${root}tsconfig.base.json`,
    files: [...added.keys()],
    compilerOptions: { incremental: false, typeRoots: [`${root}node_modules/@types`] },
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(options));
  const tsc = promisify(execFile)(`${root}node_modules/.bin/tsc`, ['-p', folder], { cwd: folder });
  expect(await tsc.catch((error: { stdout: string }) => error.stdout)).toEqual({ stdout: '', stderr: '' });
});

test('the examples of the rule that it adds are true', async () => {
  const { envFile } = (await import(pathToFileURL(join(folder, 'src/surfaces/env-file/index.ts')).href)) as {
    envFile: Surface<unknown>;
  };
  for (const rule of envFile.rules)
    for (const [examples, count] of [
      [rule.examples.matches, 1],
      [rule.examples.passes, 0],
    ] as const)
      for (const after of examples)
        for await (const reading of envFile.read([{ path: envFile.examplePath, after: after as string }]))
          expect('unread' in reading ? reading.unread : [...rule.find(reading)]).toHaveLength(count);
});

// Each of them registers its tests in this file.
for (const path of [...added.keys()].filter((name) => name.endsWith('.test.ts')))
  await import(pathToFileURL(join(folder, path)).href);
