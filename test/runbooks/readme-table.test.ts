import { expect, test } from 'vitest';

import { beginMark, endMark, proofTable, rowNames, withTable, type TestReport } from '../../tools/readme-table.ts';

type Titles = readonly string[];
const report = (name: string, ...results: readonly (readonly [Titles, string])[]): TestReport => ({
  testResults: [{ name, assertionResults: results.map(([ancestorTitles, status]) => ({ ancestorTitles, status })) }],
});
const rowOf = (name: string, ...reports: readonly TestReport[]): readonly string[] =>
  (
    proofTable(reports)
      .split('\n')
      .find((line) => line.includes(name)) ?? ''
  )
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());

const file = '/p/test/live/postgres/laws.test.ts';
const law = 'postgres.reset-password obeys the laws';

test('without a test nothing is proven', () => {
  expect(rowOf('postgres.reset-password')).toEqual(['', '', 'not proven']);
});

test('an operation is proven where its laws hold, by the name of the place', () => {
  const both = report(
    file,
    [['PostgreSQL 15: the laws', law], 'passed'],
    [['PostgreSQL 18: the laws', law], 'passed'],
    [['PostgreSQL 18: the laws', law], 'skipped'],
  );
  expect(rowOf('postgres.reset-password', both)).toEqual(['PostgreSQL 15, PostgreSQL 18', '', '']);
  const named = report('/p/test/operations/linux/a.test.ts', [
    ['linux.set-file-mode', 'linux.set-file-mode, 0600 on a file, obeys the laws'],
    'passed',
  ]);
  expect(rowOf('linux.set-file-mode', named)).toEqual(['Linux', '', '']);
});

test('one law that is broken, or none that was tried, proves nothing', () => {
  const broken = report(
    file,
    [['PostgreSQL 15: the laws', law], 'passed'],
    [['PostgreSQL 15: the laws', law], 'failed'],
  );
  expect(rowOf('postgres.reset-password', broken)).toEqual(['', '', 'not proven']);
  const skipped = report(file, [['PostgreSQL 15: the laws', law], 'skipped']);
  expect(rowOf('postgres.reset-password', skipped)).toEqual(['', '', 'not proven']);
});

test('what holds on a fake is counted apart', () => {
  const fake = report(file, [['postgres.reset-password, on a fake server, obeys the laws'], 'passed']);
  expect(rowOf('postgres.reset-password', fake)).toEqual(['', 'PostgreSQL', '']);
});

test('a check is proven by the file that is named after it, the record by the tests of the store', () => {
  const check = report('/p/test/live/git/branch-contains.test.ts', [['a branch'], 'passed']);
  expect(rowOf('git/branch-contains', check)).toEqual(['Git', '', '']);
  const store = report('/p/test/store/store.test.ts', [['the embedded store'], 'passed']);
  expect(rowOf('the record of facts', store)).toEqual(['the embedded store', '', '']);
});

test('every operation, every check and the record have a row', () => {
  const rows = proofTable([]).split('\n').slice(2);
  expect(rows.map((row) => row.split('|')[1]?.trim().replaceAll('`', ''))).toEqual(rowNames());
});

test('the table goes between its marks, and a page without them is refused', () => {
  const page = `# A\n${beginMark}\nold\n${endMark}\nrest\n`;
  expect(withTable(page, 'new')).toBe(`# A\n${beginMark}\n\nnew\n\n${endMark}\nrest\n`);
  expect(() => withTable('# A\n', 'new')).toThrow('the page holds no');
});
