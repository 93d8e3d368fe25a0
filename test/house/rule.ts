import type { Tree } from '../../tools/tree.ts';

/** A rule of the house: what it wants, a tree that breaks it, and the breaches of a tree, as `path: what is wrong`. */
export interface HouseRule {
  readonly wants: string;
  /** Each of these files, alone in a tree, must be found wanting. */
  readonly bad: Readonly<Record<string, string>>;
  breaches(tree: Tree): readonly string[];
}

export interface Import {
  /** As it is written. */
  readonly from: string;
  /** The project's path it leads to; `undefined` for a package. */
  readonly path: string | undefined;
  readonly isTypeOnly: boolean;
}

const forms = [
  /^\s*(?:import|export)\s+(?<type>type\s+)?[\w*{}\s,$]+\sfrom\s*['"](?<from>[^'"]+)['"]/gm,
  /^\s*import\s*['"](?<from>[^'"]+)['"]/gm,
  /\bimport\(\s*['"](?<from>[^'"]+)['"]/g,
];

export function importsOf(path: string, text: string): readonly Import[] {
  const code = withoutComments(text);
  return forms
    .flatMap((form) => [...code.matchAll(form)])
    .map(({ groups }) => ({
      from: groups?.['from'] ?? '',
      path: resolved(path, groups?.['from'] ?? ''),
      isTypeOnly: groups?.['type'] !== undefined,
    }));
}

function resolved(path: string, from: string): string | undefined {
  if (from.startsWith('#src/')) return from.slice(1);
  if (!from.startsWith('.')) return undefined;
  return new URL(from, `file:///${path}`).pathname.slice(1);
}

export const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/(^|[\s;,{}()])\/\/.*$/gm, '$1');

/** `src/model/ids.ts` → `model`, `src/main.ts` → `main.ts`, `web/pages/list.tsx` → `web`. */
export const roomOf = (path: string): string => {
  const [top = '', room = ''] = path.split('/');
  return top === 'src' ? room : top;
};

/** The breaches that one file makes by itself. */
export const perFile = (
  wanted: RegExp,
  breachesIn: (path: string, text: string) => readonly string[],
): HouseRule['breaches'] => {
  return (tree) =>
    [...tree]
      .filter(([path]) => wanted.test(path))
      .flatMap(([path, text]) => breachesIn(path, text).map((breach) => `${path}: ${breach}`));
};
