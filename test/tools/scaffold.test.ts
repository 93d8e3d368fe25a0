import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

import { checkFiles } from '../../tools/scaffold/check.ts';
import { operationFiles } from '../../tools/scaffold/operation.ts';
import { ruleFiles } from '../../tools/scaffold/rule.ts';
import { root } from '../../tools/tree.ts';

test('what is scaffolded compiles', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-scaffold-'));
  try {
    const made = {
      ...operationFiles('aws-iam', 'tag-user'),
      ...operationFiles('linux', 'set-clock'),
      ...checkFiles('linux', 'clock-right'),
      ...ruleFiles('env-file', 'hook-fails'),
      'src/surfaces/env-file/registry.ts':
        "import { hookFails } from './hook-fails.ts';\nexport const rules = { hookFails };",
    };
    const copied = ['src', 'test/laws', 'package.json', 'tsconfig.base.json'];
    await Promise.all(copied.map((path) => cp(root + path, join(folder, path), { recursive: true })));
    await symlink(`${root}node_modules`, join(folder, 'node_modules'));
    await Promise.all(
      Object.entries(made).map(async ([path, text]) => {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }),
    );
    const options = {
      extends: './tsconfig.base.json',
      files: Object.keys(made),
      compilerOptions: { incremental: false },
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(options));
    const tsc = promisify(execFile)(`${root}node_modules/.bin/tsc`, ['-p', folder], { cwd: folder });
    expect(await tsc.catch((error: { stdout: string }) => error.stdout)).toEqual({ stdout: '', stderr: '' });
  } finally {
    await rm(folder, { recursive: true });
  }
});
