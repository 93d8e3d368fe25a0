import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const program = join(import.meta.dirname, '../../dist/recourse.js');
const folder = mkdtempSync(join(tmpdir(), 'recourse-assess-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function recourse(args: readonly string[], { cwd = folder, input = '' } = {}) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...args], { cwd, input, encoding: 'utf8' });
  return { stdout, stderr, status };
}
const assessed = (args: readonly string[], more: { cwd?: string; input?: string } = {}) => {
  const { stdout, status } = recourse(['assess', '--json', ...args], more);
  return { status, ...(JSON.parse(stdout) as Assessed) };
};
interface Assessed {
  readonly class: string;
  readonly classAfterWrites: string;
  readonly pointOfNoReturn: { readonly artifact: string } | null;
  readonly denied: readonly string[];
  readonly artifacts: readonly {
    readonly path: string;
    readonly surface: string;
    readonly class: string;
    readonly findings: readonly { rule: string; message: string; at?: { line: number; column: number } }[];
  }[];
  readonly notRead: readonly string[];
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

describe('recourse assess', () => {
  test('[L5.1] a dropped column is denied, with the line, the loss and what to do instead', () => {
    file('m/1.up.sql', 'create table users (id int primary key, email text);\n');
    file('m/1.down.sql', 'drop table users;\n');
    file('m/2.up.sql', 'alter table users drop column email;\n');
    file('m/2.down.sql', 'alter table users add column email text;\n');
    const said = assessed(['m']);
    expect(said.status).toBe(3);
    expect(said.class).toBe('non-recoverable-without-restore');
    expect(said.pointOfNoReturn?.artifact).toBe('2.up.sql');
    expect(said.denied[0]).toContain('email');
    const { stdout } = recourse(['assess', 'm']);
    expect(stdout).toContain('alter table users drop column email');
    expect(stdout).toMatch(/‾{3,}/);
    expect(stdout).toContain('instead');
  });

  test('an added column is no reason to stop', () => {
    const said = assessed([file('add.sql', 'alter table users add column note text;\n')]);
    expect(said.status).toBe(0);
    expect(['fully-reversible', 'reversible-with-compatibility-window', 'reversible-with-manual-repair']).toContain(
      said.class,
    );
  });

  test('both versions are compared, never only the new one', () => {
    const deployment = (app: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: ${app} } }
  template:
    metadata: { labels: { app: ${app} } }
    spec: { containers: [{ name: web, image: "web@sha256:${'a'.repeat(64)}" }] }
`;
    const [old, now] = [file('old.yaml', deployment('web')), file('new.yaml', deployment('shop'))];
    const rules = assessed(['--before', old, '--after', now]).artifacts.flatMap(({ findings }) =>
      findings.map((one) => one.rule),
    );
    expect(rules).toContain('kubernetes/immutable-field');
    expect(assessed(['--before', old, '--after', old]).artifacts).toEqual([]);
  });

  test('standard input is read under the name it is given', () => {
    expect(assessed(['-', '--as', 'x.sql'], { input: 'drop table users;' }).status).toBe(3);
  });

  test('[L6.2] a declaration that is better than the truth is denied; one that is true is not', () => {
    const drop = file('drop.sql', 'drop table users;\n');
    const declared = (of: string) =>
      file(
        `${of}.yaml`,
        `environment: production\ndeclared: { class: ${of}, window: until-contract-phase, method: restore, irreversibleEffects: [rows are gone], verification: [rows = 10] }\n`,
      );
    expect(assessed([drop, '--declaration', declared('fully-reversible')]).denied[0]).toContain(
      'declared fully-reversible',
    );
    expect(assessed([drop, '--declaration', declared('non-recoverable-without-restore')]).status).toBe(0);
    expect(recourse(['assess', drop, '--declaration', file('no.yaml', 'environment: x\n')]).status).toBe(2);
  });

  test('[L22.2] a change of high risk, as policy defines it, answers seven questions or is denied', () => {
    const policy = file(
      'policies.yaml',
      `policies:
  - { id: high, when: "change.environment == 'production' && 'postgres' in change.surfaces", effect: high-risk, because: data is at stake }
tests:
  - { name: production, policy: high, change: { environment: production, surfaces: [postgres] }, holds: true }
`,
    );
    const add = file('high.sql', 'create table t (id int);\n');
    const said = assessed([add, '--policy', policy, '--environment', 'production']);
    expect(said.status).toBe(3);
    expect(said.denied.join()).toContain('`trigger`');
    expect(assessed([add, '--policy', policy, '--environment', 'staging']).status).toBe(0);
    expect(recourse(['policy', 'test', policy]).status).toBe(0);
  });

  test('an allowance in the file is kept, and one that has ended is a finding', () => {
    const drop = 'drop table users;\n';
    const allowed = (until: string) => `-- recourse-allow: ${rule} until ${until} because it was never filled\n${drop}`;
    const rule = assessed([file('a.sql', drop)]).artifacts[0]?.findings[0]?.rule ?? '';
    const kept = assessed([file('b.sql', allowed('2999-01-01'))]).artifacts[0]?.findings ?? [];
    expect(kept.find((one) => one.rule === rule)).toMatchObject({ allowed: { because: 'it was never filled' } });
    const ended = assessed([file('c.sql', allowed('2020-01-01'))]);
    expect(ended.artifacts[0]?.findings.map((one) => one.rule)).toContain('assess/allowance');
    expect(ended.status).toBe(3);
  });

  test.for([
    ['no such file', ['nothing.sql'], /no file or folder nothing.sql/],
    ['two things at once', ['m', '--plan', 'p'], /one thing to assess/],
    ['one side alone', ['--before', 'm'], /go together/],
    ['not a range', ['--git', 'main'], /no range/],
    ['not a class', ['m', '--declared', 'fine'], /fine/],
    ['no repository', [], /not in a Git repository/],
    ['an unknown rule', ['--explain', 'postgres/nothing'], /no rule postgres\/nothing/],
  ] as const)('bad input ends with 2 and says what to do: %s', ([, args, words]) => {
    const { status, stderr } = recourse(['assess', ...args]);
    expect(status).toBe(2);
    expect(stderr).toMatch(words);
  });

  test('what nothing reads is named, because unknown does not reassure', () => {
    expect(assessed([file('data.bin.unknown', 'what is this')]).notRead).toHaveLength(1);
  });

  test('--explain prints a rule with an example that matches and one that passes', () => {
    const { stdout, status } = recourse(['assess', '--explain', 'kubernetes/immutable-field']);
    expect(status).toBe(0);
    for (const words of ['instead', 'source', 'found in', 'not in']) expect(stdout).toContain(words);
  });
});

describe('in other formats', () => {
  const drop = (name: string) => file(name, 'create table a (id int);\ndrop table users;\n');

  test('SARIF names the rule, the file and the line', () => {
    const { runs } = JSON.parse(recourse(['assess', drop('s.sql'), '--format', 'sarif']).stdout) as {
      runs: readonly Run[];
    };
    const { driver } = runs[0]!.tool;
    const result = runs[0]!.results.find(({ level }) => level === 'error');
    expect(driver.rules[result?.ruleIndex ?? -1]?.id).toBe(result?.ruleId);
    expect(result?.locations[0]?.physicalLocation.region.startLine).toBe(2);
  });
  interface Run {
    readonly tool: { readonly driver: { readonly rules: readonly { id: string }[] } };
    readonly results: readonly {
      ruleId: string;
      ruleIndex: number;
      level: string;
      locations: readonly { physicalLocation: { region: { startLine: number } } }[];
    }[];
  }

  test('JUnit is well-formed and counts what it holds', () => {
    const xml = recourse(['assess', drop('j.sql'), '--format', 'junit']).stdout;
    expect(xml.match(/<testcase /g)).toHaveLength(Number(/tests="(\d+)"/.exec(xml)?.[1]));
    expect(xml.match(/<failure /g)).toHaveLength(Number(/failures="(\d+)"/.exec(xml)?.[1]));
    expect(xml.match(/<\w/g)!.length).toBe((xml.match(/<\/\w/g)?.length ?? 0) + (xml.match(/\/>/g)?.length ?? 0));
  });

  test('Markdown lets no text of an artifact become a mention or a tag', () => {
    const text = recourse(['assess', file('@team <img>.sql', 'drop table "a|b";\n'), '--format', 'markdown']).stdout;
    expect(text).toContain('non-recoverable-without-restore');
    expect(text.replaceAll(/`[^`]*`/g, '')).not.toMatch(/<img>|@team/);
  });

  test('annotations are one line each', () => {
    const lines = recourse(['assess', drop('g.sql'), '--format', 'github'])
      .stdout.trim()
      .split('\n');
    for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) .*::/);
    expect(lines.some((line) => line.startsWith('::error file='))).toBe(true);
  });
});

describe('in a Git repository', () => {
  const cwd = join(folder, 'repository');
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.test', ...args], {
      cwd,
      encoding: 'utf8',
    }).trim();
  const commit = (name: string, text: string): string => {
    file(`repository/${name}`, text);
    git('add', '-A');
    git('commit', '-qm', name);
    return git('rev-parse', 'HEAD');
  };
  beforeAll(() => {
    mkdirSync(cwd, { recursive: true });
    git('init', '-q', '-b', 'main');
    commit('db/1.up.sql', 'create table users (id int primary key, email text);\n');
    commit('db/1.down.sql', 'drop table users;\n');
    git('switch', '-qc', 'topic');
  });

  test('alone it assesses the branch against where it left main, the work tree included', () => {
    expect(assessed([], { cwd }).artifacts).toEqual([]);
    file('repository/db/2.up.sql', 'alter table users drop column email;\n');
    const uncommitted = assessed([], { cwd });
    expect(uncommitted.artifacts.map(({ path }) => path)).toEqual(['db/2.up.sql']);
    expect(uncommitted.class).toBe('non-recoverable-without-restore');
  });

  test('a range is what changed between two commits; earlier migrations are known and not reported', () => {
    commit('db/2.up.sql', 'alter table users drop column email;\n');
    const said = assessed(['--git', 'main..HEAD'], { cwd });
    expect(said.artifacts.map(({ path }) => path)).toEqual(['db/2.up.sql']);
    expect(said.artifacts[0]?.findings.map(({ message }) => message).join()).toContain('email');
    expect(recourse(['assess', '--git', 'nothing..HEAD'], { cwd }).status).toBe(2);
  });

  test('[N7] a revert is assessed as what it is: a change of its own', () => {
    const grown = (size: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: ${size} } } }
`;
    commit('k8s/pvc.yaml', grown('10Gi'));
    const bigger = commit('k8s/pvc.yaml', grown('20Gi'));
    const forward = assessed(['--git', `${bigger}^..${bigger}`], { cwd });
    const back = assessed(['--revert', bigger], { cwd });
    expect(back.artifacts.map(({ path }) => path)).toEqual(['k8s/pvc.yaml']);
    expect(back.artifacts[0]?.findings.length).toBeGreaterThan(0);
    expect([forward.status, back.class]).not.toEqual([0, 'fully-reversible']);
  });
});
