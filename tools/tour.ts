import { randomBytes } from 'node:crypto';
/**
 * `npm start`: one life of a change, on real things. It is proposed, approved and run; it goes wrong; it is taken back,
 * as far as that goes; the rest is put right by hand; and all of it is proved. Every command is one that you can type.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { chmod } from 'node:fs/promises';

import { Stage } from './tour/stage.ts';

async function tour(): Promise<void> {
  const oldPassword = randomBytes(9).toString('hex');
  await prepare(oldPassword);
  await crash();
  const url = await stage.serve();
  stage.say(`The server runs at ${url}, on the embedded store. The same commands go through it from here on.`);
  const ben = JSON.parse(
    (await stage.quietly(['token', 'create', 'ben', '--scope', 'read', 'approve', '--json'])).out,
  ) as { token: string };

  const change = await applyIt(url, ben.token, oldPassword);
  await takeItBack(change, oldPassword);
  await prove(change);

  stage.say(`That was the tour. Everything it did can be seen at ${url}`);
  const you = await stage.quietly(['token', 'create', 'you', '--scope', 'read', 'propose', 'approve', 'run', 'admin']);
  stage.show(`sign in with this token: ${you.out}`);
  stage.show(`its files are in ${stage.folder}, until you press Ctrl-C`);
  if (!endsAtOnce) await ended;
}

/** Files, a repository and a database, and how Recourse reaches them. */
async function prepare(oldPassword: string): Promise<void> {
  stage.say(`The tour happens in ${stage.folder}, and nowhere else.`);
  await stage.file('etc/app.conf', 'listen 8080\n');
  await stage.file('etc/feature.conf', 'new-checkout: off\n');
  await stage.file('etc/small.conf', 'one file\n');
  await stage.recourse(['connections', 'add', 'platform', '--system', 'git', '--set', `remote=${stage.remote.url}`]);
  if (!stage.database) {
    stage.show(`PostgreSQL is left out: ${stage.whyNoDatabase ?? ''}`);
    return;
  }
  await stage.sql(`create role orders login password '${oldPassword}'`);
  const { hostname, port, username } = new URL(stage.database.url);
  const settings = [
    `host=${hostname}`,
    `port=${port}`,
    `user=${username}`,
    'database=postgres',
    'password=$env:ORDERS_DB_ADMIN',
  ];
  await stage.recourse(['connections', 'add', 'orders-db', '--system', 'postgres', '--set', ...settings]);
}

/** The process dies between an effect and its record. */
async function crash(): Promise<void> {
  stage.say('1. A change is written down before anything happens. Then the process is killed in the middle of it.');
  await writeFile(stage.path('small.yaml'), smallChange);
  stage.show(smallChange.replaceAll('\n', '\n  ').trimEnd());
  await stage.recourse(['propose', '-f', 'small.yaml', '--dry-run']);
  const { out: id } = await stage.recourse(['propose', '-f', 'small.yaml', '-q']);
  await stage.recourse(['approve', id]);
  await stage.recourse(['run', id], 'killed', { RECOURSE_STOP_AFTER: 'apply' });
  stage.show(`etc/small.conf has mode ${await stage.modeOf('etc/small.conf')}, and nobody wrote down that it worked`);
  await stage.recourse(['run', id]);
  stage.show('it was looked at before anything was done, and not done twice');
}

/** A change of several steps; one of them is refused, and retried once its cause is gone. */
async function applyIt(url: string, token: string, oldPassword: string): Promise<string> {
  stage.say('2. A change of several steps. Its class says how it can be undone, before it is approved.');
  await writeFile(stage.path('release.yaml'), releaseChange(stage.database !== undefined));
  await stage.recourse(['propose', '-f', 'release.yaml', '--dry-run']);
  const { out: id } = await stage.recourse(['propose', '-f', 'release.yaml', '-q']);
  stage.say('3. Ben approves it, through the API. The approval binds this plan and the way back in it.');
  await stage.recourse(['approve', id, '--note', 'checked with the team'], 0, {
    RECOURSE_SERVER: url,
    RECOURSE_TOKEN: token,
  });

  stage.say('4. It runs. The remote refuses the push: main is protected. The change stops there, and says so.');
  await stage.recourse(['run', id], 5);
  stage.say('5. The protection is lifted, and the step is tried again. The rest follows, and all of it is verified.');
  await stage.remote.protect();
  await stage.recourse(['retry', id, '--step', 'deploy']);
  if (stage.database)
    stage.show(`the old password of the role orders logs in: ${String(await stage.logsIn(oldPassword))}`);
  return id;
}

/** Somebody edits a file behind its back; the rollback leaves that one alone. */
async function takeItBack(id: string, oldPassword: string): Promise<void> {
  stage.say('6. Somebody edits a file behind its back. Then the release turns out to be bad.');
  await chmod(stage.path('etc/app.conf'), 0o640);
  stage.show('$ chmod 640 etc/app.conf');
  await stage.recourse(['decide', id]);
  await stage.recourse(['recover', id], 4);
  await stage.recourse(['compare', id]);

  stage.say('7. What is clean is taken back. The file that was edited is left alone.');
  await stage.recourse(['recover', id, '--partly'], 4);
  stage.show(`etc/feature.conf reads: ${(await readFile(stage.path('etc/feature.conf'), 'utf8')).trim()}`);
  if (stage.database)
    stage.show(`the old password logs in: ${String(await stage.logsIn(oldPassword))}, and nobody ever saw it`);

  stage.say('8. The last file is put right by hand, and said to be. It is read again before it is believed.');
  await chmod(stage.path('etc/app.conf'), 0o644);
  stage.show('$ chmod 644 etc/app.conf');
  await stage.recourse([
    'resolve',
    id,
    '--step',
    'mode',
    '--note',
    'mode set by hand, agreed with the one who had changed it',
  ]);
  await stage.recourse(['list']);
}

async function prove(id: string): Promise<void> {
  stage.say('9. The record is sealed. One changed byte is found, and named.');
  await stage.recourse(['evidence', 'export', id, '-o', 'evidence.jsonl']);
  await stage.recourse(['evidence', 'verify', 'evidence.jsonl']);
  const evidence = await readFile(stage.path('evidence.jsonl'), 'utf8');
  await writeFile(stage.path('forged.jsonl'), evidence.replace('checked with the team', 'checked with the Team'));
  await stage.recourse(['evidence', 'verify', 'forged.jsonl'], 6);
}

const smallChange = `title: Tighten one file
environment: test
steps:
  - linux.set-file-mode: { path: etc/small.conf, mode: "0600" }
`;

function releaseChange(hasDatabase: boolean): string {
  return `title: Release the new checkout
environment: production
steps:
  - id: mode
    linux.set-file-mode: { path: etc/app.conf, mode: "0600" }
  - id: flag
    linux.put-file: { path: etc/feature.conf, content: "new-checkout: on\\n" }
${
  hasDatabase
    ? `  - id: password
    on: orders-db
    postgres.reset-password: { role: orders, password: { $secret: generate } }
`
    : ''
}  - id: deploy
    on: platform
    git.commit-files:
      branch: main
      message: Release the new checkout
      files: [{ path: deploy/app.yaml, content: "replicas: 4\\n" }]
`;
}

const endsAtOnce = process.argv.includes('--exit');
const stage = await Stage.open();
const ended = new Promise<void>((resolve) => {
  process.once('SIGINT', resolve);
  process.once('SIGTERM', resolve);
});
try {
  await tour();
} finally {
  await stage.close();
}
