/**
 * `npm run new operation aws-iam.tag-user`, `npm run new check linux/file-exists`, `npm run new rule helm/hook-fails`:
 * writes what one has to fill in, edits nothing that is there, and makes the registries and the reference anew. What is
 * left compiles, and its test fails until it is filled in.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { writeGenerated, type Generated } from './generated.ts';
import { checkFiles } from './scaffold/check.ts';
import { operationFiles } from './scaffold/operation.ts';
import { ruleFiles } from './scaffold/rule.ts';
import { root } from './tree.ts';

interface Kind {
  readonly name: RegExp;
  readonly like: string;
  files(of: string, name: string): Generated;
}

const word = '[a-z][a-z0-9-]*';
const kinds: Readonly<Record<string, Kind>> = {
  operation: { name: new RegExp(`^(${word})\\.([a-z0-9]+-${word})$`), like: 'system.verb-noun', files: operationFiles },
  check: { name: new RegExp(`^(${word})/(${word})$`), like: 'system/question', files: checkFiles },
  rule: { name: new RegExp(`^(${word})/(${word})$`), like: 'surface/problem', files: ruleFiles },
};

async function main([kindName = '', name = '']: readonly string[]): Promise<number> {
  const kind = kinds[kindName];
  if (!kind) {
    console.error(`npm run new (${Object.keys(kinds).join('|')}) <name>`);
    return 2;
  }
  const [, of, its] = kind.name.exec(name) ?? [];
  if (of === undefined || its === undefined) {
    console.error(`a new ${kindName} is called ${kind.like}, in lower case; '${name}' is not`);
    return 2;
  }
  const files = kind.files(of, its);
  const there = Object.keys(files).filter((path) => existsSync(root + path));
  if (there.length > 0) {
    console.error(`there already: ${there.join(', ')}`);
    return 2;
  }
  for (const path of await writeGenerated(files, false)) console.log(path);
  for (const tool of ['index', 'docs'])
    execFileSync(process.execPath, [`tools/${tool}.ts`], { cwd: root, stdio: 'inherit' });
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
