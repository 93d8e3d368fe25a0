import { perFile, type HouseRule } from './rule.ts';

/** A room that grows by files only: each is in its registry, so that nobody can add one that nothing knows. */
const plugIn = /^src\/(operations|checks)\/([^/]+)\/([^/]+)\.ts$/;

export const registered: HouseRule = {
  wants: 'every operation and every check is in its registry',
  bad: { 'src/operations/linux/set-clock.ts': 'export const setClock = 1;', 'src/checks/linux/is-up.ts': '' },
  breaches: (tree) =>
    [...tree.keys()].flatMap((path) => {
      const [, room, system, file] = plugIn.exec(path) ?? [];
      if (room === undefined) return [];
      const registry = tree.get(`src/${room}/registry.ts`) ?? '';
      return registry.includes(`'./${system}/${file}.ts'`) ? [] : [`${path}: is not in src/${room}/registry.ts`];
    }),
};

export const skipsSayWhy: HouseRule = {
  wants: 'a live test that is skipped says why, through orSkip where the whole of it cannot run',
  bad: {
    'test/live/postgres.test.ts': "test.skipIf(!found)('a password is reset', () => {});",
    'test/web/list.test.ts': "test('opens', ({ skip }) => { skip(); });",
    'test/live/git.test.ts': "describe.skip('a commit', () => {});",
  },
  breaches: perFile(/^test\/(live|web)\/.*\.tsx?$/, (_, text) =>
    /\bskip\(\s*\)|\b(skipIf|runIf|todo)\(|\b(test|it|describe)\.skip\(/.test(text)
      ? ['skips without a word; use orSkip of test/live/require.ts']
      : [],
  ),
};
