/**
 * `npm run truth -- --corpus FOLDER [--only sql]`: what Recourse says of other people's migrations, plans and CRDs, held
 * against what happened when they were really applied and undone. The corpus and its scores lie outside this project
 * (`FOLDER`, and `truth/` beside it); without them it says so. One line for each project, and a table at the end.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { root } from './tree.ts';

type Score = Readonly<Record<string, string | number>>;
interface Row {
  readonly what: string;
  readonly project: string;
  readonly said: string;
  readonly isGood: boolean;
}

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: '' },
    only: { type: 'string' },
    wrong: { type: 'boolean', default: false },
  },
});
const corpus = resolve(values.corpus);
const scores = resolve(corpus, '../truth');
const command = [process.execPath, join(root, 'dist/recourse.js')];

if (values.corpus === '' || !existsSync(join(corpus, 'sql.tar.gz'))) {
  console.log('not here: the corpus. Name its folder: npm run truth -- --corpus FOLDER');
} else {
  const work = mkdtempSync(join(tmpdir(), 'recourse-truth-'));
  try {
    const kinds = { sql: [sqlByRules, sqlByRehearsal], plans: [plans], crds: [crds], gitops: [gitops] };
    const rows: Row[] = [];
    for (const [name, measures] of Object.entries(kinds))
      if (values.only === undefined || values.only === name)
        for (const measure of measures) for (const row of measure(work)) rows.push(say(row));
    console.log(`\n| measure | project | said | |\n| --- | --- | --- | --- |`);
    for (const { what, project, said, isGood } of rows)
      console.log(`| ${what} | ${project} | ${said} | ${isGood ? '✓' : '✗'} |`);
    process.exitCode = rows.every(({ isGood }) => isGood) ? 0 : 1;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function say(row: Row): Row {
  console.log(`${row.isGood ? '✓' : '✗'} ${row.what} ${row.project}: ${row.said}`);
  return row;
}

/** The projects of one archive. */
function unpacked(work: string, archive: string): readonly string[] {
  execFileSync('tar', ['xzf', join(corpus, `${archive}.tar.gz`), '-C', work]);
  return readdirSync(join(work, archive)).map((project) => join(work, archive, project));
}

function nameOf(folder: string): string {
  return folder.split('/').at(-1) ?? folder;
}

function recourse(...args: readonly string[]): { readonly text: string; readonly fault: string } {
  const [program = '', ...before] = command;
  const { stdout, stderr, status } = spawnSync(program, [...before, ...args], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  return { text: stdout, fault: status === 0 || status === 3 ? '' : `exit ${status}: ${stderr.slice(0, 200)}` };
}

function scored(script: string, ...args: readonly string[]): Score {
  const { stdout } = spawnSync(process.execPath, [join(scores, script), ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const said = JSON.parse(stdout) as Score;
  if (values.wrong) console.log(JSON.stringify(said, undefined, 2));
  return said;
}

function percent(score: Score, name: string): number {
  return Number.parseFloat(String(score[name]));
}

function* sqlByRules(work: string): Iterable<Row> {
  yield* sql(
    work,
    'assess',
    (s) => s['destroysCalledReversible'] === 0 && !(percent(s, 'recall') < 90) && !(percent(s, 'precision') < 85),
  );
}
function* sqlByRehearsal(work: string): Iterable<Row> {
  yield* sql(
    work,
    'rehearse',
    (s) => s['destroysCalledReversible'] === 0 && !(percent(s, 'recall') < 99.5) && !(percent(s, 'agreement') < 99),
  );
}

function* sql(work: string, verb: 'assess' | 'rehearse', isGood: (score: Score) => boolean): Iterable<Row> {
  for (const folder of unpacked(work, 'sql')) {
    const { text, fault } = recourse(verb, '--json', join(folder, 'files'));
    const answer = join(work, 'answer.json');
    writeFileSync(answer, text);
    const what = `SQL, ${verb}`;
    if (fault) yield { what, project: nameOf(folder), said: fault, isGood: false };
    else {
      const s = scored('score-sql.mjs', join(folder, 'ground_truth.jsonl'), answer);
      const said = `destroys called reversible ${s['destroysCalledReversible']}, recall ${s['recall']}, precision ${s['precision']}, agreement ${s['agreement']} of ${s['tested']}`;
      yield { what, project: nameOf(folder), said, isGood: isGood(s) };
    }
  }
}

function* plans(work: string): Iterable<Row> {
  for (const folder of unpacked(work, 'terraform')) {
    const s = scored('score-plan.mjs', folder, '--', ...command);
    const unknown = (100 * Number(s['unknown'])) / Number(s['resources'] || 1);
    const said = `agreement ${s['agreement']}, unknown ${unknown.toFixed(1)} % of ${s['resources']} resources, failed ${s['failed']}`;
    yield {
      what: 'plans',
      project: nameOf(folder),
      said,
      isGood: percent(s, 'agreement') >= 95 && unknown <= 10 && s['failed'] === 0,
    };
  }
}

function* crds(work: string): Iterable<Row> {
  for (const folder of unpacked(work, 'crd')) {
    execFileSync('tar', ['xzf', join(folder, 'files.tar.gz'), '-C', folder]);
    completeReleases(folder);
    const s = scored('score-crd.mjs', folder, '--', ...command);
    const wrong = s['wrong'] as unknown as readonly string[];
    yield {
      what: 'CRDs',
      project: nameOf(folder),
      said: `${wrong.length} wrong, failed ${s['failed']}`,
      isGood: wrong.length === 0 && s['failed'] === 0,
    };
  }
}

interface GitopsChange {
  readonly commit: string;
  readonly changes: readonly { readonly path: string; readonly resources?: readonly Resource[] }[];
}
interface Resource {
  readonly immutable?: readonly string[];
}

/** Every commit is assessed without a fault, and every immutable field of the truth is found in its file. */
function* gitops(work: string): Iterable<Row> {
  for (const folder of unpacked(work, 'gitops')) {
    const lines = readFileSync(join(folder, 'changes.jsonl'), 'utf8');
    let [commits, faults, immutable, found] = [0, 0, 0, 0];
    for (const change of lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as GitopsChange)) {
      const files = join(folder, 'files', change.commit.slice(0, 12));
      const sides = ['before', 'after'].map((side) => join(files, side));
      if (!sides.some((side) => existsSync(side))) continue;
      for (const side of sides) if (!existsSync(side)) mkdirSync(side, { recursive: true });
      commits++;
      const { text, fault } = recourse('assess', '--json', '--before', sides[0] ?? '', '--after', sides[1] ?? '');
      if (fault) {
        faults++;
        console.log(`  ${change.commit.slice(0, 12)} ${fault}`);
        continue;
      }
      const { artifacts } = JSON.parse(text) as {
        artifacts: readonly { path: string; findings: readonly { rule: string; message: string }[] }[];
      };
      for (const { path, resources = [] } of change.changes) {
        const truth = resources.flatMap((resource) => resource.immutable ?? []);
        if (truth.length === 0) continue;
        immutable += truth.length;
        const said = (artifacts.find((one) => one.path === path)?.findings ?? [])
          .filter(({ rule }) => rule === 'kubernetes/immutable-field')
          .map(({ message }) => message);
        const missed = truth.filter(
          (field) => !parentsOf(field).some((one) => said.some((words) => words.includes(one))),
        );
        found += truth.length - missed.length;
        if (missed.length > 0) console.log(`  ${change.commit.slice(0, 12)} ${path}: ${missed.join(', ')}`);
      }
    }
    yield {
      what: 'GitOps',
      project: nameOf(folder),
      said: `${commits} commits, ${faults} faults, immutable fields ${found} of ${immutable}`,
      isGood: faults === 0 && found === immutable,
    };
  }
}

/** A field is found where it, or the field that it is a part of, is named. */
function parentsOf(field: string): readonly string[] {
  const names = field.split('.');
  return names.slice(1).map((_, i) => names.slice(0, i + 2).join('.'));
}

/** The corpus keeps a definition only at the release that changed it: it is laid into those that carried it unchanged. */
function completeReleases(folder: string): void {
  const bumps = readFileSync(join(folder, 'bumps.jsonl'), 'utf8').trim().split('\n');
  for (const { before, from_tag: tag } of bumps.map(
    (line) => JSON.parse(line) as { before: string | null; from_tag: string },
  )) {
    if (before === null) continue;
    const there = join(folder, 'files', tag, before.split('/').at(-1) ?? '');
    mkdirSync(dirname(there), { recursive: true });
    if (!existsSync(there)) copyFileSync(join(folder, before), there);
  }
}
