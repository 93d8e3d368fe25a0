/**
 * `npm run index`: writes the registries of operations, checks and systems by reading their folders, so that adding one
 * edits no file. `--check` only says whether they are fresh.
 */
import { basename, dirname } from 'node:path';

import { report, writeGenerated, type Generated } from './generated.ts';
import { camelCase } from './names.ts';
import { readTree } from './tree.ts';

interface Kind {
  readonly folder: string;
  readonly wanted: RegExp;
  /** The registry's constant, and the type it is cast to, where each knows more than all have in common. */
  readonly name: string;
  readonly type?: { readonly name: string; readonly imports: string; readonly from: string };
  /** What the thing in this file is called, by the house and by its export. */
  key(path: string): string;
  exported(path: string): string;
  /** What must stand in the file, so that it is this thing: its export, and what it calls itself. */
  holds(exported: string, key: string): readonly string[];
  /** A file beside the others that is not one of them is left out; else it is an error. */
  readonly mayHoldOther: boolean;
}

const inFolder = (path: string): string => basename(dirname(path));
const file = (path: string): string => basename(path, '.ts');
const byFile = (path: string): string => camelCase(file(path));

const kinds: readonly Kind[] = [
  {
    folder: 'src/operations',
    wanted: /^src\/operations\/[^/]+\/[^/]+\.ts$/,
    name: 'operations',
    type: { name: 'OperationRegistry', imports: 'OperationRegistry', from: '../model/operation.ts' },
    key: (path) => `${inFolder(path)}.${file(path)}`,
    exported: byFile,
    holds: (exported, key) => [`export const ${exported}`, `name: '${key}'`],
    mayHoldOther: false,
  },
  {
    folder: 'src/checks',
    wanted: /^src\/checks\/[^/]+\/[^/]+\.ts$/,
    name: 'checks',
    type: { name: 'CheckRegistry', imports: 'CheckRegistry', from: '../model/check.ts' },
    key: (path) => `${inFolder(path)}/${file(path)}`,
    exported: byFile,
    holds: (exported, key) => [`export const ${exported}`, `id: '${key}'`],
    mayHoldOther: false,
  },
  {
    folder: 'src/systems',
    wanted: /^src\/systems\/(?!registry)[^/]+\.ts$/,
    name: 'systems',
    type: { name: 'Readonly<Record<string, System<unknown>>>', imports: 'System', from: '../model/system.ts' },
    key: file,
    exported: byFile,
    holds: (exported, key) => [`export const ${exported}: System<`, `name: '${key}'`],
    mayHoldOther: true,
  },
];

const surfacesKind: Kind = {
  folder: 'src/surfaces',
  wanted: /^src\/surfaces\/[^/]+\/index\.ts$/,
  name: 'surfaces',
  type: { name: 'SurfaceRegistry', imports: 'SurfaceRegistry', from: '../model/surface.ts' },
  key: inFolder,
  exported: (path) => camelCase(inFolder(path)),
  holds: (exported, key) => [`export const ${exported}: Surface<`, `name: '${key}'`],
  mayHoldOther: false,
};

const rulesKind = (surface: string): Kind => ({
  folder: `src/surfaces/${surface}`,
  wanted: /\/(?!registry|index)[^/]+\.ts$/,
  name: 'rules',
  key: (path) => `${surface}/${file(path)}`,
  exported: byFile,
  holds: (exported, key) => [`export const ${exported}: Rule<`, `id: '${key}'`],
  mayHoldOther: true,
});

/** A surface has a registry of its rules, and all surfaces have one. */
async function surfaceKinds(): Promise<readonly Kind[]> {
  const surfaces = [...(await readTree('src/surfaces/', surfacesKind.wanted)).keys()].map(inFolder);
  return surfaces.length === 0 ? [] : [surfacesKind, ...surfaces.map(rulesKind)];
}

async function registries(): Promise<Generated> {
  const all = [...kinds, ...(await surfaceKinds())];
  const written = await Promise.all(all.map(async (kind) => [`${kind.folder}/registry.ts`, await registry(kind)]));
  return Object.fromEntries(written);
}

async function registry(kind: Kind): Promise<string> {
  const found = [...(await readTree(`${kind.folder}/`, kind.wanted))]
    .filter(([path, text]) => isOfKind(kind, path, text))
    .map(([path]) => ({ path, exported: kind.exported(path) }));
  const entries = found.map(({ path, exported }) => ({
    key: kind.key(path),
    from: `.${path.slice(kind.folder.length)}`,
    exported,
    name: found.some((other) => other.exported === exported && other.path !== path)
      ? camelCase(`${inFolder(path)}-${file(path)}`)
      : exported,
  }));
  return [
    '// Written by `npm run index` from the files in this folder. Do not edit.',
    kind.type ? `import type { ${kind.type.imports} } from '${kind.type.from}';` : '',
    ...entries.map(({ exported, name, from }) => {
      return `import { ${exported === name ? name : `${exported} as ${name}`} } from '${from}';`;
    }),
    '',
    `export const ${kind.name} = {`,
    ...entries.map(({ key, name }) => (key === name ? `${name},` : `'${key}': ${name},`)),
    kind.type ? `} as unknown as ${kind.type.name};` : '};',
  ].join('\n');
}

function isOfKind(kind: Kind, path: string, text: string): boolean {
  const exported = kind.exported(path);
  const missing = kind.holds(exported, kind.key(path)).filter((words) => !text.includes(words));
  if (missing.length > 0 && !kind.mayHoldOther) throw new Error(`${path} must hold \`${missing.join('` and `')}\``);
  return missing.length === 0;
}

if (import.meta.main) {
  const isCheck = process.argv.includes('--check');
  report(await writeGenerated(await registries(), isCheck), isCheck, 'index');
}
