import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { commitFiles } from '#src/operations/git/commit-files.ts';
import { commitStream, messageOf, undoMessage } from '#src/systems/git-commit.ts';
import { blobId, filesResource } from '#src/systems/git-files.ts';

const good = { branch: 'main', files: [{ path: 'a', content: 'x' }], message: 'Subject' };
const isTaken = (params: unknown): boolean => commitFiles.params.safeParse(params).success;

describe('params of git.commit-files', () => {
  test.for([
    '',
    '/a',
    'a/',
    'a//b',
    '.',
    '../a',
    'a/../b',
    '.git/config',
    'a/.GIT/hooks/x',
    'git~1/x',
    'a\0b',
    '__proto__',
    'a\uD800',
  ])('a path %j is refused', (path) => {
    expect(isTaken(good)).toBe(true);
    expect(isTaken({ ...good, files: [{ path, content: 'x' }] })).toBe(false);
  });

  test.for([
    '',
    '-x',
    'a..b',
    'a b',
    'a~1',
    'a^',
    'a:b',
    'a?',
    'a*',
    '[a',
    'a\\b',
    '/a',
    'a/',
    'a//b',
    'a.lock',
    'a/.b',
    '@{u}',
    'a\n',
    '.a',
    'a.',
  ])('a branch %j is refused', (branch) => expect(isTaken({ ...good, branch })).toBe(false));
  test.for(['main', 'release/1.2', 'feature/ABC-1_x', 'été', "it's", 'a@b', 'dependabot/npm_and_yarn/x-1.0'])(
    'a branch %j is taken',
    (branch) => expect(isTaken({ ...good, branch })).toBe(true),
  );

  test.for([
    ['a message without a first line', { message: '\n\nbody' }],
    ['an empty message', { message: ' ' }],
    ['one path twice', { files: [...good.files, { path: 'a', absent: true }] }],
    ['a path inside another', { files: [...good.files, { path: 'a/b', content: 'x' }] }],
    ['no file', { files: [] }],
    ['a file that is there and absent', { files: [{ path: 'a', content: 'x', absent: true }] }],
    ['a mode of a link', { files: [{ path: 'a', content: 'x', mode: '120000' }] }],
    ['an abbreviated entry', { files: [{ path: 'a', entry: '100644 e69de29' }] }],
  ] as const)('%s is refused', ([, wrong]) => expect(isTaken({ ...good, ...wrong })).toBe(false));
});

test('files are one resource in any order, and other files are another', () => {
  expect(filesResource('main', ['b', 'a'])).toBe('branch:main:a,b');
  expect(filesResource('main', ['a,b'])).toBe('branch:main:"a,b"');
  const many = Array.from({ length: 300 }, (_, i) => `folder/${i}`);
  expect(filesResource('main', many)).toBe(filesResource('main', many.toReversed()));
  expect(filesResource('main', many)).not.toBe(filesResource('main', many.slice(1)));
  expect(filesResource('main', many).length).toBeLessThan(100);
});

test('the id of a blob is the one that git gives it', () => {
  expect(blobId(Buffer.from(''), 'a'.repeat(40))).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
  expect(blobId(Buffer.from('x'), 'a'.repeat(64))).toBe(
    '4b6cea43da6e13c24f191bcb97b51a58781d1ccdd8281d96291a2582f5177b78',
  );
});

describe('the message', () => {
  const made = (message: string) => messageOf({ message, step: 'k/1', parent: '', becomes: { tree: '' } });

  test.for([
    ['Subject', 'Subject\n\nRecourse-Change: k/1\n'],
    ['Fix: it', 'Fix: it\n\nRecourse-Change: k/1\n'],
    ['Subject\n\nBody.\n\n', 'Subject\n\nBody.\n\nRecourse-Change: k/1\n'],
    ['Subject\n\nBody.\n\nAcked-by: A', 'Subject\n\nBody.\n\nAcked-by: A\nRecourse-Change: k/1\n'],
  ])('%j carries the step', ([message, whole]) => expect(made(message as string)).toBe(whole));

  test('of an undone commit is in the words of git', () => {
    expect(undoMessage('c0ffee', 'Subject')).toBe('Revert "Subject"\n\nThis reverts commit c0ffee.\n');
    expect(undoMessage(null, 'Subject')).toBe('Revert "Subject"\n');
    expect(undoMessage('c0ffee', 'Revert "Subject"')).toBe('Reapply "Subject"\n\nThis reverts commit c0ffee.\n');
  });
});

const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', ' ', 'D', '\0', 'é', '\r'), maxLength: 30 });

test('nothing in a path or a message can become a command of its own', () => {
  const author = { name: 'A', email: 'a' };
  fc.assert(
    fc.property(text, text, (path, message) => {
      const asked = { parent: 'p', message, step: 's', becomes: { entries: { [path]: null }, contents: new Map() } };
      const stream = commitStream('refs/x', asked, author, 0).toString();
      const whole = messageOf(asked);
      const end = stream.indexOf(whole) + whole.length;
      const [head, tail] = [stream.slice(0, end - whole.length), stream.slice(end)];
      expect(head.endsWith(`data ${Buffer.byteLength(whole)}\n`)).toBe(true);
      expect(tail).toMatch(/^from p\nD "(?:[^"\\\n]|\\["\\n])*"\ndone\n$/);
    }),
  );
});
