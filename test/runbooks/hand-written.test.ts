/** What the pages that people write promise about themselves: their doors, their links, the files that they name. */
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { describe, expect, test } from 'vitest';

import { faults } from '#src/model/fault.ts';

import { beginMark, endMark, rowNames } from '../../tools/readme-table.ts';
import { readTree, root } from '../../tools/tree.ts';
import { blocksIn, fencesIn } from './page.ts';

const pages = new Map(
  [...(await readTree('', /^[^/]+\.md$/)), ...(await readTree('docs/', /\.md$/))].filter(
    ([path]) => !path.startsWith('docs/evidence/'),
  ),
);
const pageAt = (path: string): string => pages.get(path) ?? '';

/** The name by which a heading is linked to. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

const withoutFences = (page: string): string => page.replaceAll(/^```[^]*?^```$/gm, '');
const anchorsIn = (page: string): readonly string[] =>
  [...withoutFences(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** Links of a page that lead nowhere. A picture is made apart from its page. */
function deadLinks(path: string, page: string): readonly string[] {
  const links = [...withoutFences(page).matchAll(/(?<!!)\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links
    .filter((link) => !/^https?:/.test(link))
    .filter((link) => {
      const [file = '', anchor] = link.split('#', 2);
      const target = file === '' ? path : normalize(join(dirname(path), file));
      if (!existsSync(root + target)) return true;
      return anchor !== undefined && !anchorsIn(target === path ? page : pageAt(target)).includes(anchor);
    });
}

/** Paths of this project that a page names in code, and that are neither there nor made by the page. */
const missingFiles = (page: string): readonly string[] =>
  [...withoutFences(page).matchAll(/`((?:src|test|tools|web|scripts|docs|bench)\/[\w./-]*)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !existsSync(root + path) && !fencesIn(page).some(({ about }) => about === path));

describe('the runbook of a failed rollback', () => {
  const page = pageAt('docs/runbooks/rollback-failure.md');
  const [, doors = '', ...others] = page.split(/^## /m);
  const sections = new Map(others.map((text) => [anchorOf(text.split('\n', 1)[0] ?? ''), text]));
  const symptoms = [
    'there-is-no-way-back',
    'it-is-gone',
    'it-has-changed',
    'a-permission-is-missing',
    'only-a-part-is-undone',
    'it-succeeded-and-the-system-is-wrong',
  ];

  test('[R0.1] opens with three doors, and each leads to its symptoms', () => {
    expect(doors).toMatch(/^Three doors\n/);
    const ways = doors.split(/^\*\*\d\. /m).slice(1);
    expect(ways.map((way) => way.split(/[.\n]/, 1)[0])).toEqual([
      'A rollback failed with an error',
      'A completed change has no Rollback button',
      'A rollback succeeded, and the system is not as it was',
    ]);
    const led = ways.map((way) => [...new Set([...way.matchAll(/\(#([^)]+)\)/g)].map(([, anchor]) => anchor))]);
    expect(led).toEqual([
      ['it-is-gone', 'it-has-changed', 'a-permission-is-missing', 'only-a-part-is-undone'],
      ['there-is-no-way-back'],
      ['only-a-part-is-undone', 'it-succeeded-and-the-system-is-wrong'],
    ]);
    expect(new Set(led.flat())).toEqual(new Set(symptoms));
  });

  test.for(symptoms)('[R0.1] %s is shown by commands, explained, answered, and has an end', (anchor) => {
    const text = sections.get(anchor) ?? '';
    const parts = ['What you see', 'What it means', 'What to do', 'How you know it is over'];
    const found = [...text.matchAll(/^\*\*([^*]+)\.\*\* /gm)].map(([, part]) => part);
    expect(found).toEqual(parts);
    const commands = blocksIn(text).flatMap((block) =>
      block.kind === 'commands' && block.needs === undefined ? block.commands : [],
    );
    expect(commands.some(({ types }) => types.startsWith('recourse '))).toBe(true);
  });

  test('every code that a rollback may end with has its door', () => {
    for (const code of ['drifted', 'needs-a-person', 'unreachable', 'credential-invalid', 'permission-denied'] as const)
      expect(doors).toMatch(new RegExp(`\`${code}\`.*\\| ${faults[code].exit} `));
  });
});

describe('the README', () => {
  const page = pageAt('README.md');

  test('holds the table of what is proven by line 20, with a row for everything', () => {
    const begins = page.slice(0, page.indexOf(beginMark)).split('\n').length;
    expect(begins).toBeLessThanOrEqual(18);
    const written = page.slice(page.indexOf(beginMark), page.indexOf(endMark));
    const rows = [...written.matchAll(/^\| (.+?) +\|/gm)].map(([, name = '']) => name.replaceAll('`', ''));
    expect(rows.slice(2)).toEqual(rowNames());
  });

  test('explains every exit code', () => {
    const explained = [...page.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
    const exits = new Set([0, ...Object.values(faults).map(({ exit }) => exit)]);
    expect(explained).toEqual([...exits].toSorted((a, b) => a - b));
  });
});

describe('links and names', () => {
  test.for([...pages])('%s leads somewhere', ([path, page]) => {
    expect(deadLinks(path, page)).toEqual([]);
  });
  test.for([...pages].filter(([path]) => !path.startsWith('docs/reference/')))(
    '%s names files that are there',
    ([, page]) => {
      expect(missingFiles(page)).toEqual([]);
    },
  );
  test('a dead link and a missing file would be noticed', () => {
    expect(deadLinks('README.md', '[a](docs/nowhere.md) [b](#nothing) [c](#here) [d](LICENSE)\n\n## Here\n')).toEqual([
      'docs/nowhere.md',
      '#nothing',
    ]);
    expect(missingFiles('`src/model/ids.ts` `src/model/nothing.ts` `test/laws/`')).toEqual(['src/model/nothing.ts']);
  });
  test('the architecture names every room', async () => {
    const rooms = new Set([...(await readTree('src/', /\.ts$/)).keys()].map((path) => path.split('/').slice(0, 2)));
    const folders = [...rooms].filter(([, room = '']) => !room.endsWith('.ts')).map((path) => `\`${path.join('/')}/\``);
    for (const room of new Set(folders)) expect(pageAt('ARCHITECTURE.md')).toContain(room);
  });
});

describe('decisions', () => {
  const decisions = [...pages].filter(([path]) => /^docs\/decisions\/\d/.test(path));

  test('are numbered without a gap, and listed', () => {
    const numbers = decisions.map(([path]) => Number(path.slice('docs/decisions/'.length).split('-', 1)[0]));
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    for (const [path] of decisions) expect(pageAt('docs/decisions/README.md')).toContain(`(${path.split('/').at(-1)})`);
  });
  test.for(decisions)('%s is one page: context, decision, consequences', ([, page]) => {
    expect([...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      'Context',
      'Decision',
      'Consequences',
    ]);
    expect(page.split('\n').length).toBeLessThan(50);
  });
});
