import { expect, test } from 'vitest';

import { proofsIn, requirementsIn } from '../../tools/requirements.ts';

test('a requirement is a row of the page: id, sentence, parts of the work', () => {
  const page =
    '| id | must hold | in |\n| --- | --- | --- |\n| R0.6 | Set a mode ↔ the previous | H |\n| L25 | Bad release | G, T |\n';
  expect(requirementsIn(page)).toEqual([
    { id: 'R0.6', says: 'Set a mode ↔ the previous', parts: ['H'] },
    { id: 'L25', says: 'Bad release', parts: ['G', 'T'] },
  ]);
});

test.for([
  ["test('[R0.6] a mode is set', () => {", ['R0.6']],
  ['test(`[R5.3, L25] ${what} is retried`, () => {', ['R5.3', 'L25']],
  ["describe.for(all)('[N10][R1.6] %s', () => {", ['N10', 'R1.6']],
  ["test(\n  '[R3.1] said the host\\'s name',", ['R3.1']],
  ["orSkip(none)('[R1.6] on PostgreSQL', () => {", ['R1.6']],
] as const)('%s proves %j', ([text, ids]) => {
  expect(proofsIn('test/a.test.ts', text).map(({ id }) => id)).toEqual(ids);
});

test.for([
  "test.skip('[R0.6] a', () => {",
  "test.todo('[R0.6] a')",
  '// the sentence [R0.6] says',
  "test('a [R0.6]', f)",
])('%s proves nothing', (text) => expect(proofsIn('test/a.test.ts', text)).toEqual([]));
