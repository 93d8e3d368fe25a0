/**
 * `npm run docs`: writes docs/reference/ from the schemas, tables and registries. `--check` only says whether it is
 * fresh.
 */
import { readFile } from 'node:fs/promises';

import { checks } from '../src/checks/registry.ts';
import type { Surface } from '../src/model/surface.ts';
import { operations } from '../src/operations/registry.ts';
import { surfaces } from '../src/surfaces/registry.ts';
import { systems } from '../src/systems/registry.ts';
import { report, writeGenerated, type Generated } from './generated.ts';
import { camelCase } from './names.ts';
import { changeFileSchema } from './reference/change-file-schema.ts';
import { factPage } from './reference/fact-page.ts';
import { faultPage } from './reference/fault-page.ts';
import { table } from './reference/json-schema.ts';
import { operationPage, operationPath } from './reference/operation-page.ts';
import { rulePage, rulePath } from './reference/rule-page.ts';
import { systemPage, systemPath } from './reference/system-page.ts';
import { root } from './tree.ts';

const folder = 'docs/reference/';

const allSurfaces = Object.values(surfaces) as readonly Surface<never>[];

export async function referencePages(): Promise<Generated> {
  const all = Object.values(operations);
  const pages: [path: string, text: string][] = [
    ['index.md', indexPage()],
    ['faults.md', faultPage()],
    ['facts.md', factPage()],
    ['change-file.schema.json', JSON.stringify(changeFileSchema(operations, checks))],
    ...(await Promise.all(
      all.map(async (operation): Promise<[string, string]> => [
        operationPath(operation.name),
        operationPage(operation, await commentOver(operation.name)),
      ]),
    )),
    ...allSurfaces.map((surface): [string, string] => [rulePath(surface.name), rulePage(surface)]),
    ...Object.values(systems).map((system): [string, string] => [
      systemPath(system.name),
      systemPage(
        system,
        all.filter((operation) => operation.system.name === system.name),
      ),
    ]),
  ];
  return Object.fromEntries(pages.map(([path, text]) => [folder + path, withNotice(path, text)]));
}

const withNotice = (path: string, text: string): string =>
  path.endsWith('.md') ? `<!-- Written by \`npm run docs\`. Do not edit. -->\n${text}` : text;

const indexPage = (): string => `
# Reference

- [Change file](change-file.schema.json): JSON Schema for editors
- [Facts](facts.md): what a change is made of
- [Faults](faults.md): codes, exits, what to do

## Operations

${table(
  ['operation', 'what it does', 'class'],
  Object.values(operations).map((operation) => [
    `[\`${operation.name}\`](${operationPath(operation.name)})`,
    operation.summary,
    operation.reversibility(operation.examples[0]).class,
  ]),
)}

## Surfaces

What \`recourse assess\` reads, how a change of it is usually undone, and what most often goes wrong then.

${table(
  ['surface', 'way back', 'main risk', 'rules'],
  allSurfaces.map(({ name, wayBack, mainRisk, rules }) => [
    `[${name}](${rulePath(name)})`,
    wayBack,
    mainRisk,
    String(rules.length),
  ]),
)}

## Systems

${table(
  ['system', 'its operations need'],
  Object.values(systems).map(({ name, title }) => [title, `[permissions and connection](${systemPath(name)})`]),
)}

## Checks

${
  Object.keys(checks).length === 0
    ? 'None yet.'
    : table(
        ['check', 'asks', 'because'],
        Object.values(checks).map(({ id, asks, because }) => [`\`${id}\``, asks, because]),
      )
}
`;

/** The documentation comment over the operation's declaration. */
async function commentOver(name: string): Promise<string> {
  const [system = '', verb = ''] = name.split('.');
  const text = await readFile(`${root}src/operations/${system}/${verb}.ts`, 'utf8');
  const [before = ''] = text.split(`export const ${camelCase(verb)} =`);
  const comment = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*$/.exec(before)?.[1] ?? '';
  return comment.replaceAll(/^[ \t]*\*? ?/gm, '').trim();
}

if (import.meta.main) {
  const isCheck = process.argv.includes('--check');
  report(await writeGenerated(await referencePages(), isCheck, folder), isCheck, 'docs');
}
