/**
 * `node bench/assess.ts [migrations] [manifests] [plan MB]`: what assessing costs beside the bare parsers that it stands
 * on, whole processes of the built program, timed from outside; files are in the page cache. At ten times the input it
 * must cost ten times as much.
 */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { writeManifests, writeMigrations, writePlan } from './assess-inputs.ts';
import { command, goal, inRounds, median, type Measured, print, ratios } from './round.ts';

const program = fileURLToPath(new URL('../dist/recourse.js', import.meta.url));
const [migrations = 2500, manifests = 5000, megabytes = 100] = process.argv.slice(2).map(Number);
const rounds = 5;

const bare = (code: string, ...args: readonly string[]) =>
  command([process.execPath, '--input-type=module', '-e', code, ...args]);
const recourse = (...args: readonly string[]) =>
  command([process.execPath, program, 'assess', '--json', ...args], { ends: [0, 3] });
const node = () => command([process.execPath, '-e', '0']);
const here = (name: string): string => JSON.stringify(import.meta.resolve(name));

/** Every statement through PostgreSQL's own grammar, and nothing else. */
const parseSql = `
  import v8 from 'node:v8'; import fs from 'node:fs'; import path from 'node:path';
  v8.setFlagsFromString('--no-wasm-tier-up'); v8.setFlagsFromString('--no-wasm-dynamic-tiering');
  const { loadModule, parseSync } = await import(${here('libpg-query')});
  await loadModule();
  let statements = 0;
  for (const name of fs.readdirSync(process.argv[1])) statements += parseSync(fs.readFileSync(path.join(process.argv[1], name), 'utf8')).stmts.length;
  console.log(statements);`;
const parseYaml = `
  import fs from 'node:fs'; import path from 'node:path';
  const { loadAll } = await import(${here('js-yaml')});
  let documents = 0;
  for (const folder of process.argv.slice(1)) for (const name of fs.readdirSync(folder)) documents += loadAll(fs.readFileSync(path.join(folder, name), 'utf8')).length;
  console.log(documents);`;
const readOnly = `
  import fs from 'node:fs'; import path from 'node:path';
  let bytes = 0;
  for (const folder of process.argv.slice(1)) for (const name of fs.readdirSync(folder)) bytes += fs.readFileSync(path.join(folder, name)).length;
  console.log(bytes);`;
const parseJson = `import fs from 'node:fs'; console.log(JSON.parse(fs.readFileSync(process.argv[1], 'utf8')).resource_changes.length)`;

async function bench(folder: string): Promise<void> {
  await sql(folder);
  await yaml(folder);
  await plan(folder);
}

async function sql(folder: string): Promise<void> {
  const [one, many, most] = ['one.sql', 'sql', 'sql10'].map((name) => join(folder, name)) as [string, string, string];
  await writeFile(one, 'alter table users add column note text;\n');
  const statements = await writeMigrations(many, migrations);
  await writeMigrations(most, 10 * migrations);
  const measures = await inRounds(
    {
      'node -e 0': node,
      'assess one.sql': () => recourse(one),
      'bare parse': () => bare(parseSql, many),
      assess: () => recourse(many),
      'assess 10 ×': () => recourse(most),
    },
    rounds,
  );
  console.log(`SQL: ${2 * migrations} files, ${statements} statements`);
  print(measures);
  rate(measures.assess, 2 * migrations, 'files');
  rate(measures.assess, statements, 'statements');
  goal('assess one.sql against node -e 0', ratios(measures['assess one.sql'], measures['node -e 0']), { atMost: 3 });
  goal('assess against the bare parse', ratios(measures.assess, measures['bare parse']), { atMost: 1.25 });
  goal('peak, MiB', peaks(measures.assess), { atMost: 128 });
  goal('ten times the input', ratios(measures['assess 10 ×'], measures.assess), { atMost: 10.5 });
}

async function yaml(folder: string): Promise<void> {
  const [old, now, few] = ['old', 'now', 'few'].map((name) => join(folder, name)) as [string, string, string];
  await writeManifests(old, manifests);
  await writeManifests(now, manifests, 1);
  await writeManifests(few, manifests, Math.max(1, Math.floor(manifests / 10)));
  const measures = await inRounds(
    {
      'read both': () => bare(readOnly, old, now),
      'js-yaml, both': () => bare(parseYaml, old, now),
      'assess, all changed': () => recourse('--before', old, '--after', now),
      'assess, 10 changed': () => recourse('--before', old, '--after', few),
    },
    rounds,
  );
  console.log(`YAML: ${manifests} files of two documents, before and after`);
  print(measures);
  rate(measures['assess, all changed'], 4 * manifests, 'documents');
  goal('all changed against js-yaml', ratios(measures['assess, all changed'], measures['js-yaml, both']), {
    atMost: 1.5,
  });
  goal('10 changed against reading', ratios(measures['assess, 10 changed'], measures['read both']), { atMost: 1.3 });
}

async function plan(folder: string): Promise<void> {
  const [one, ten] = ['plan.json', 'plan10.json'].map((name) => join(folder, name)) as [string, string];
  const changes = await writePlan(one, megabytes * 1e5);
  await writePlan(ten, megabytes * 1e6);
  const measures = await inRounds(
    {
      'JSON.parse': () => bare(parseJson, ten),
      'assess --plan': () => recourse('--plan', ten),
      'assess --plan, a tenth': () => recourse('--plan', one),
    },
    rounds,
  );
  const size = (await stat(ten)).size / 1e6;
  console.log(`plan: ${size.toFixed(0)} MB, about ${10 * changes} resource changes`);
  print(measures);
  rate(measures['assess --plan'], size, 'MB');
  goal('assess against JSON.parse', ratios(measures['assess --plan'], measures['JSON.parse']), { atMost: 1 });
  goal('peak, MiB', peaks(measures['assess --plan']), { atMost: 96 });
}

const peaks = (of: readonly Measured[]): readonly number[] => of.flatMap(({ peak }) => peak ?? []);
const rate = (of: readonly Measured[], count: number, what: string): void =>
  console.log(`  ${Math.round(count / median(of.map(({ wall }) => wall)))} ${what}/s`);

const folder = await mkdtemp(join(tmpdir(), 'recourse-bench-'));
try {
  await bench(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
