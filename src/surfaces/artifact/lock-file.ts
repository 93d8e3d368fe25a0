import { Fault } from '../../model/fault.ts';
import type { Json } from '../../model/json.ts';
import { asFields, asText, fieldAt } from '../manifest.ts';

/** What a lock file binds a package of one version to. */
export interface Pin {
  readonly hash: string;
  readonly line: number;
}

const readers: Readonly<Record<string, (text: string, path: string) => Iterable<readonly [string, Pin]>>> = {
  'package-lock.json': fromNpm,
  'npm-shrinkwrap.json': fromNpm,
  'go.sum': fromGo,
  'Cargo.lock': fromCargo,
  'yarn.lock': fromYarn,
  'pnpm-lock.yaml': fromPnpm,
};

/** Kept for their removal only: they are not looked into. */
const others = new Set(['poetry.lock', 'Pipfile.lock', 'uv.lock', 'composer.lock', 'Gemfile.lock', 'bun.lock']);

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** By its name; the two most common ones by what they hold as well. */
const kindOf = (path: string, text: string): string | undefined => {
  const name = nameOf(path);
  if (readers[name] || others.has(name)) return name;
  if (/^\s*\{[^{]*"lockfileVersion"/.test(text)) return 'package-lock.json';
  return /^\S+ v\S+ h1:\S+=$/m.test(text) ? 'go.sum' : undefined;
};

export const isLock = (path: string, text: string): boolean => kindOf(path, text) !== undefined;

/** @throws Fault invalid-input: not the JSON that it should be */
export const pinsOf = (path: string, text: string): ReadonlyMap<string, Pin> =>
  new Map(readers[kindOf(path, text) ?? '']?.(text, path));

function* fromNpm(text: string, path: string): Iterable<readonly [string, Pin]> {
  let lock: Json;
  try {
    lock = JSON.parse(text) as Json;
  } catch {
    throw new Fault('invalid-input', `${path} is no JSON.`, { at: `${path}:1:1`, advice: 'Make the lock file anew.' });
  }
  const lines = new Map<string, number>();
  for (const [index, line] of text.split('\n').entries()) {
    const integrity = /"integrity":\s*"([^"]+)"/.exec(line)?.[1];
    if (integrity !== undefined) lines.set(integrity, index + 1);
  }
  for (const [folder, entry] of Object.entries(asFields(fieldAt(lock, ['packages'])))) {
    const [version, hash] = ['version', 'integrity'].map((field) => asText(fieldAt(entry, [field])));
    const name = folder.replace(/^.*node_modules\//, '');
    if (version !== undefined && hash !== undefined) yield [`${name}@${version}`, { hash, line: lines.get(hash) ?? 1 }];
  }
}

function* matches(text: string, pattern: RegExp): Iterable<readonly [string, Pin]> {
  let line = 1;
  let from = 0;
  for (const { index, groups } of text.matchAll(pattern)) {
    for (let at = text.indexOf('\n', from); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line++;
    from = index;
    const { name, version, hash } = groups ?? {};
    if (name !== undefined && version !== undefined && hash !== undefined) yield [`${name}@${version}`, { hash, line }];
  }
}

function fromGo(text: string): Iterable<readonly [string, Pin]> {
  return matches(text, /^(?<name>\S+) (?<version>v\S+) (?<hash>h1:\S+)$/gm);
}
function fromCargo(text: string): Iterable<readonly [string, Pin]> {
  return matches(
    text,
    /^name = "(?<name>[^"\n]+)"\nversion = "(?<version>[^"\n]+)"\n(?:source = "[^"\n]*"\n)?checksum = "(?<hash>[^"\n]+)"$/gm,
  );
}
function fromYarn(text: string): Iterable<readonly [string, Pin]> {
  return matches(
    text,
    /^"?(?<name>@?[^@"\s]+)@[^\n]*:\n\s+version:? "?(?<version>[^"\s]+)"?\n(?:\s+resolved [^\n]*\n)?\s+integrity (?<hash>\S+)$/gm,
  );
}
function fromPnpm(text: string): Iterable<readonly [string, Pin]> {
  return matches(
    text,
    /^ {2}['"]?\/?(?<name>@?[^@'"\s]+)@(?<version>[^'":(\s]+)[^\n]*:\n\s+resolution: \{integrity: (?<hash>[^,}\s]+)/gm,
  );
}
