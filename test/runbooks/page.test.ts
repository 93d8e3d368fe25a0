import { describe, expect, test } from 'vitest';

import { blocksIn, withOutputs, type Block } from './page.ts';
import { startPage } from './run-page.ts';
import { asOnPage, sameOutput } from './same-output.ts';

const fence = '```';
const pageOf = (...lines: readonly string[]): string => ['# Page', `${fence}console`, ...lines, fence, ''].join('\n');
const commandsOf = (...lines: readonly string[]) =>
  blocksIn(pageOf(...lines)).flatMap((block) => (block.kind === 'commands' ? block.commands : []));

describe('a block', () => {
  test('holds commands, what they print and how they exit', () => {
    expect(commandsOf('$ ls', 'a', 'b', '$ cat <<END', '> x', '> END', 'x', '# exit 4', '$ true')).toEqual([
      { line: 3, types: 'ls', prints: ['a', 'b'], exit: 0 },
      { line: 6, types: 'cat <<END\nx\nEND', prints: ['x'], exit: 4 },
      { line: 11, types: 'true', prints: [], exit: 0 },
    ]);
  });

  test('that names a file is that file; one in another language is only shown', () => {
    const page = `${fence}yaml a.yaml\ntitle: A\n${fence}\n${fence}yaml\nb\n${fence}\n`;
    expect(blocksIn(page)).toEqual([{ kind: 'file', line: 1, name: 'a.yaml', text: 'title: A\n' }]);
  });

  test.for([
    ['no command', ['a']],
    ['more after an exit code', ['$ ls', '# exit 2', 'a']],
  ] as const)('with %s is refused', ([, lines]) => expect(() => blocksIn(pageOf(...lines))).toThrow(/^line \d/));

  test('that does not end is refused', () => expect(() => blocksIn(`${fence}console\n$ ls\n`)).toThrow(/^line 1:/));

  test('gets other outputs in their place', () => {
    const page = pageOf('$ ls', 'a', '# exit 2', '$ cat <<END', '> x', '> END', '$ true');
    const outputs = new Map([
      [3, { prints: ['b', 'c'], exit: 0 }],
      [6, { prints: ['x'], exit: 1 }],
    ]);
    expect(withOutputs(page, outputs)).toBe(
      pageOf('$ ls', 'b', 'c', '$ cat <<END', '> x', '> END', 'x', '# exit 1', '$ true'),
    );
  });
});

describe('what is printed', () => {
  const [one, other] = ['01M86Z76942Z637XT2HGTXR8N9', '01M86Z85S2GC97W9H9ET6JQDJX'];
  const [three, four] = ['01M86Z8HAPX49XJN3QRQBSPWN1', '01M86Z8VC6K3W2BXBFGBTYV6XM'];
  const isSame = (says: readonly string[], prints: readonly string[]) =>
    !('differs' in sameOutput(says, prints, new Map()));

  test.for([
    [['rolled back'], ['rolled back']],
    [
      [`${one} is rolled back`, `see ${one}`],
      [`${three} is rolled back`, `see ${three}`],
    ],
    [['at 2026-11-24T14:26:38.042Z'], ['at 2027-01-01T00:00:00.000Z']],
    [['a     b'], ['a   b']],
    [
      ['first', '…', 'last'],
      ['first', 'second', 'third', 'last'],
    ],
    [['…'], []],
    [
      ['…', 'b', '…', 'd'],
      ['a', 'b', 'c', 'b', 'd'],
    ],
  ] as const)('%j is matched by %j', ([says, prints]) => expect(isSame(says, prints)).toBe(true));

  test.for([
    [['rolled back'], ['rolled  back']],
    [['mode 0600'], ['mode 0640']],
    [['a'], ['a', 'b']],
    [['a', 'b'], ['a']],
    [[], ['a']],
    [
      [one, one],
      [three, four],
    ],
    [
      [one, other],
      [three, three],
    ],
    [[`change ${one}`], ['change 2026-11-24T14:26:38.042Z']],
    [
      ['first', '…', 'last'],
      ['first', 'second'],
    ],
    [
      ['…', 'stuck', '…'],
      ['failed', 'done'],
    ],
    [
      ['…', 'last'],
      ['last', 'more'],
    ],
  ] as const)('%j is not matched by %j', ([says, prints]) => expect(isSame(says, prints)).toBe(false));

  test('keeps what was bound before', () => {
    const bound = sameOutput([one], [three], new Map());
    if ('differs' in bound) expect.fail(bound.differs);
    expect(sameOutput([`by ${one}`], [`by ${four}`], bound)).toHaveProperty('differs');
    expect(asOnPage(`by ${three} and ${four}`, bound)).toBe(`by ${one} and ${four}`);
  });
});

describe('a page that is run', () => {
  const ran = async (page: string): Promise<readonly (string | undefined)[]> => {
    const running = await startPage();
    const run = async ([block, ...others]: readonly Block[]): Promise<readonly (string | undefined)[]> =>
      block ? [await running.run(block), ...(await run(others))] : [];
    try {
      return await run(blocksIn(page));
    } finally {
      await running.close();
    }
  };

  test('knows its files and the variables of earlier commands, and calls its folder by its name', async () => {
    const file = `${fence}yaml in/a.yaml\ntitle: A\n${fence}\n`;
    const page =
      file + pageOf('$ id=4', '$ cat in/a.yaml', 'title: A', '$ pwd', '/tmp/try', '$ (exit $id)', '# exit 4');
    expect(await ran(page)).toEqual([undefined, undefined]);
  });

  test.for([
    ['another output', pageOf('$ echo rolled back', 'stuck')],
    ['an exit code that is not there', pageOf('$ true', '# exit 4')],
    ['an exit code that is not shown', pageOf('$ sh -c "exit 4"')],
    ['an output that is not shown', pageOf('$ echo a; echo b >&2', 'a')],
    ['a command that there is not', pageOf('$ recourse undo', '…')],
  ] as const)('is caught with %s', async ([, page]) => {
    expect(await ran(page)).toEqual([expect.stringMatching(/^line 3: /)]);
  });

  test('is caught when its shell ends', async () => {
    await expect(ran(pageOf('$ exit 3'))).rejects.toThrow('the shell ended in the middle of: exit 3');
  });
});
