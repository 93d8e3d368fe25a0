import { basename } from 'node:path';

import { kebabCase } from '../../tools/names.ts';
import { perFile, withoutComments, type HouseRule } from './rule.ts';

const declared = /^export\s+(?:async\s+)?(?:const|let|function\*?|class|interface|type)\s+(\w+)/gm;

export const namedAfterItsExport: HouseRule = {
  wants: 'a file that exports one thing is named after it',
  bad: {
    'src/decide/undo.ts': 'export const windowOf = () => 1;',
    'src/store/take-leases.ts': 'export async function read() {}',
    'src/systems/linux-mode.ts': 'export const path = 1;',
    'src/model/lease.ts': 'export type Hold = string;',
    'web/parts/StatusBadge.tsx': 'export function Button() {}',
    'src/model/Ids.ts': 'export type Ids = string;',
  },
  breaches: perFile(/^(src|web)\/(?!.*\b(index|registry)\.ts).*\.tsx?$/, (path, text) => {
    const base = basename(path).replace(/(\.d)?\.tsx?$/, '');
    if (path.startsWith('src/') && base !== kebabCase(base)) return ['file names in src are in kebab-case'];
    const [one, another] = new Set([...withoutComments(text).matchAll(declared)].map(([, name = '']) => name));
    if (one === undefined || another !== undefined) return []; // several: the file is named after what they are about
    const topics = [base, base.replace(/^[a-z]+-/, '')]; // `linux-mode` is about the mode
    return topics.some((topic) => isAbout(one, topic)) ? [] : [`exports ${one}`];
  }),
};

/** Every word of one is in the other: `rowOf` in row.ts, `plannedStep` in plan.ts, `describeApi` in openapi.ts. */
function isAbout(name: string, base: string): boolean {
  const [a, b] = [kebabCase(name).split('-'), kebabCase(base).split('-')];
  return covers(a, b) || covers(b, a);
}

const covers = (words: readonly string[], by: readonly string[]): boolean =>
  words.every((word) => by.some((other) => isOneStem(word, other)));

function isOneStem(a: string, b: string): boolean {
  const [x = a, y = b] = [a, b].map((word) => word.replace(/(ies|ed|s|e|y)$/, ''));
  return x.includes(y) || y.includes(x);
}

const empty = /(Manager|Service|Helper|Utils?|Handler)$/i;

export const noEmptyNames: HouseRule = {
  wants: 'no name says nothing: no Manager, Service, Helper, Util or Handler',
  bad: {
    'src/store/lease-manager.ts': 'export const take = 1;',
    'src/pipeline/utils.ts': 'export const later = 1;',
    'src/api/changes.ts': 'function changeHandler() {}',
    'src/cli/show.ts': 'class ShowService {}',
    'web/parts/Step.tsx': 'interface StepHelper {}',
  },
  breaches: perFile(/^(src|web)\/.*\.tsx?$/, (path, text) => {
    const names = withoutComments(text).matchAll(/\b(?:class|function|export const|interface|type)\s+(\w+)/g);
    return [basename(path).replace(/\.tsx?$/, ''), ...[...names].map(([, name = '']) => name)]
      .filter((name) => empty.test(name))
      .map((name) => `${name} says nothing`);
  }),
};
