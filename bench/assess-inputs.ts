import { once } from 'node:events';
/** What `bench/assess.ts` reads: migrations, manifests and a plan, the same for the same sizes. */
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const ofEach = <T>(all: readonly T[], i: number): T => all[i % all.length] as T;

/** Pairs of up and down in one folder; every table is made before it is changed. Answers how many statements. */
export async function writeMigrations(folder: string, count: number): Promise<number> {
  await mkdir(folder, { recursive: true });
  let statements = 0;
  for (let i = 0; i < count; i++) {
    const table = `t${i - (i % 5)}`;
    const [up, down] = ofEach(
      [
        [
          `create table ${table} (id bigint generated always as identity primary key, name text not null, at timestamptz default now());\ncreate index on ${table} (name);`,
          `drop table ${table};`,
        ],
        [
          `alter table ${table} add column note${i} text;\nalter table ${table} add column size${i} int default 0;`,
          `alter table ${table} drop column size${i};\nalter table ${table} drop column note${i};`,
        ],
        [
          `alter table ${table} alter column name type varchar(200);`,
          `alter table ${table} alter column name type text;`,
        ],
        [`create index concurrently ${table}_at on ${table} (at);`, `drop index ${table}_at;`],
        [
          `update ${table} set name = lower(name) where name <> lower(name);\nalter table ${table} add constraint ${table}_name check (length(name) < 200) not valid;`,
          `alter table ${table} drop constraint ${table}_name;`,
        ],
      ] as const,
      i,
    );
    const name = `${String(i).padStart(7, '0')}_step`;
    statements += up.split(';\n').length + down.split(';\n').length;
    await writeFile(join(folder, `${name}.up.sql`), up);
    await writeFile(join(folder, `${name}.down.sql`), down);
  }
  return statements;
}

/** One Deployment with its Service in each file. `changed`: every so many has another image in this version. */
export async function writeManifests(folder: string, count: number, changed?: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let i = 0; i < count; i++) {
    const image = changed !== undefined && i % changed === 0 ? 'v2' : 'v1';
    await writeFile(join(folder, `app-${i}.yaml`), manifest(i, image));
  }
}

const manifest = (i: number, version: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${i}
  namespace: team-${i % 20}
  labels: { app: app-${i} }
spec:
  replicas: ${1 + (i % 4)}
  selector:
    matchLabels: { app: app-${i} }
  template:
    metadata:
      labels: { app: app-${i} }
    spec:
      containers:
        - name: main
          image: registry.example.test/team/app-${i}:${version}
          env:
            - { name: MODE, value: "fast" }
          resources: { requests: { cpu: 10m, memory: 32Mi } }
---
apiVersion: v1
kind: Service
metadata: { name: app-${i}, namespace: team-${i % 20} }
spec:
  selector: { app: app-${i} }
  ports: [{ port: 80, targetPort: 8080 }]
`;

/** A plan of about so many bytes. Answers how many resource changes are in it. */
export async function writePlan(path: string, bytes: number): Promise<number> {
  const out = createWriteStream(path);
  out.write('{"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[');
  let [written, count] = [0, 0];
  while (written < bytes) {
    const text = `${count === 0 ? '' : ','}${JSON.stringify(resourceChange(count))}`;
    if (!out.write(text)) await once(out, 'drain');
    written += text.length;
    count++;
  }
  out.end('],"applyable":true,"complete":true,"errored":false}\n');
  await once(out, 'finish');
  return count;
}

function resourceChange(i: number): unknown {
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: Array.from({ length: 12 }, (_, n) => ({
      Effect: 'Allow',
      Action: [`s3:Get${n}`],
      Resource: `arn:aws:s3:::bucket-${i}/*`,
    })),
  });
  const before = {
    name: `thing-${i}`,
    description: 'before',
    policy,
    tags: { team: `t${i % 9}`, stage: 'live' },
    id: `id-${i}`,
  };
  const [type, actions] = ofEach(
    [
      ['aws_iam_policy', ['update']],
      ['aws_security_group_rule', ['no-op']],
      ['aws_cloudwatch_log_group', ['update']],
      ['aws_lambda_function', ['update']],
    ] as const,
    i,
  );
  return {
    address: `module.m${i % 50}.${type}.this[${i}]`,
    module_address: `module.m${i % 50}`,
    mode: 'managed',
    type,
    name: 'this',
    index: i,
    provider_name: 'registry.terraform.io/hashicorp/aws',
    change: {
      actions,
      before,
      after: { ...before, description: actions[0] === 'no-op' ? 'before' : 'after' },
      after_unknown: {},
      before_sensitive: { tags: {} },
      after_sensitive: { tags: {} },
    },
  };
}
