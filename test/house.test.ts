import { describe, expect, test } from 'vitest';

import { readTree, type Tree } from '../tools/tree.ts';
import { ambientIsAnArgument } from './house/ambient.ts';
import { registered, skipsSayWhy } from './house/completeness.ts';
import { oneWayDoors } from './house/doors.ts';
import { namedAfterItsExport, noEmptyNames } from './house/naming.ts';
import { packagesInTheirRooms } from './house/packages.ts';
import { documented, namedExports, smallFiles } from './house/shape.ts';
import { lockfileWithoutAddresses, nothingForeign } from './house/words.ts';

const rules = [
  oneWayDoors,
  packagesInTheirRooms,
  ambientIsAnArgument,
  namedAfterItsExport,
  noEmptyNames,
  smallFiles,
  namedExports,
  documented,
  registered,
  skipsSayWhy,
  nothingForeign,
  lockfileWithoutAddresses,
];
const house = await readTree('', /\.(css|html|js|json|md|sql|svg|ts|tsx|ya?ml)$|^\.ci\/|^\.npmrc$/);

describe.for(rules)('$wants', (rule) => {
  test('so it is', () => expect(rule.breaches(house)).toEqual([]));

  test.for(Object.entries(rule.bad))('and %s would be noticed', ([path, text]) => {
    const tree: Tree = new Map([[path, text]]);
    expect(rule.breaches(tree)).toHaveLength(1);
  });
});

test('the first file asks for the Node that package.json asks for', () => {
  const { engines } = JSON.parse(house.get('package.json') ?? '') as { engines: { node: string } };
  expect(engines.node).toMatch(/^\^24\.15\.0 /);
  expect(house.get('src/recourse.ts')).toContain('major < 24 || (major === 24 && minor < 15)');
});
