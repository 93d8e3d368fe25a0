/**
 * `node tools/readme-table.ts REPORT…`: writes the table of README.md that says what is proven on a real system, what on
 * a fake, and what is not. A report is what `vitest run --reporter=json --outputFile=REPORT` writes; the rows are those
 * of the registries. `--check` only says whether the table is fresh.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { checks } from '../src/checks/registry.ts';
import { operations } from '../src/operations/registry.ts';
import { systems } from '../src/systems/registry.ts';
import { report as say, writeGenerated } from './generated.ts';
import { table } from './reference/json-schema.ts';
import { root } from './tree.ts';

/** The part of vitest's JSON report that is read here. */
export interface TestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly ancestorTitles: readonly string[]; readonly status: string }[];
  }[];
}
interface Tried {
  readonly what: string;
  readonly where: string;
  readonly isFake: boolean;
  readonly status: string;
}

export const beginMark = '<!-- Written by tools/readme-table.ts from test results. -->';
export const endMark = '<!-- End of what is written. -->';
const record = 'the record of facts';

/** What a table must have a row for: every operation, every check, and the store. */
export const rowNames = (): readonly string[] => [...Object.keys(operations), ...Object.keys(checks), record];

/**
 * A row is proven in a place when some test of it passed there and none failed. An operation is tested by its laws, a
 * check by the file that is named after it. A place that is a fake says so in its title.
 */
export function proofTable(reports: readonly TestReport[]): string {
  const tried = reports.flatMap(({ testResults }) => testResults.flatMap(triedIn));
  const rows = rowNames().map((name) => {
    const own = Map.groupBy(
      tried.filter(({ what }) => what === name),
      ({ where }) => where,
    );
    const proven = [...own.values()].filter(
      (all) => all.some(({ status }) => status === 'passed') && !all.some(({ status }) => status === 'failed'),
    );
    const places = (isFake: boolean): string =>
      proven
        .flatMap(([first]) => (first?.isFake === isFake ? first.where : []))
        .toSorted()
        .join(', ');
    const shown = name === record ? name : `\`${name}\``;
    return [shown, places(false), places(true), proven.length === 0 ? 'not proven' : ''];
  });
  return table(['what is tested', 'proven on a real system', 'proven on a fake', 'unproven'], rows);
}

const laws = /^(\S+)(?:, (.+),)? obeys the laws$/;

const triedIn = ({ name: file, assertionResults }: TestReport['testResults'][number]): readonly Tried[] =>
  assertionResults.flatMap(({ ancestorTitles, status }) => {
    const at = ancestorTitles.findIndex((title) => laws.test(title));
    const [, operation, when = ''] = laws.exec(ancestorTitles[at] ?? '') ?? [];
    const isFake = [...ancestorTitles.slice(0, at), when].some((title) => /\bfake\b/i.test(title));
    if (operation !== undefined) {
      const around = ancestorTitles.slice(0, at).find((title) => title !== operation);
      return { what: operation, where: placeIn(around) ?? titleOf(operation.split('.')[0]), isFake, status };
    }
    const [, system, question] = /\/([^/]+)\/([^/]+)\.test\.ts$/.exec(file) ?? [];
    if (`${system}/${question}` in checks)
      return { what: `${system}/${question}`, where: titleOf(system), isFake: false, status };
    const isStore = file.endsWith('/test/store/store.test.ts');
    return isStore ? { what: record, where: ancestorTitles[0] ?? '', isFake: false, status } : [];
  });

/** `PostgreSQL 15: the laws` → `PostgreSQL 15` */
const placeIn = (title: string | undefined): string | undefined => title?.split(':', 1)[0];
const titleOf = (system = ''): string => systems[system]?.title ?? system;

/** @throws Error when the page has no place for the table */
export function withTable(page: string, fresh: string): string {
  const [begin, end] = [page.indexOf(beginMark), page.indexOf(endMark)];
  if (begin === -1 || end < begin) throw new Error(`the page holds no ${beginMark} with ${endMark} after it`);
  return `${page.slice(0, begin + beginMark.length)}\n\n${fresh}\n\n${page.slice(end)}`;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { check: { type: 'boolean' } } });
  const isCheck = values.check ?? false;
  if (positionals.length === 0) throw new Error('name at least one report of vitest');
  const read = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as TestReport;
  const fresh = proofTable(await Promise.all(positionals.map(read)));
  const page = withTable(await readFile(`${root}README.md`, 'utf8'), fresh);
  say(await writeGenerated({ 'README.md': page }, isCheck), isCheck, 'readme');
}

if (import.meta.main) await main();
