/**
 * Real things in temporary folders, and the built command line on them, with every door through which a secret could
 * leave under watch.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startGitRemote } from '../../tools/git-remote.ts';
import { openShell, program, type Ran } from '../cli/shell.ts';
import type { Database } from '../live/postgres/database.ts';
import type { Canaries } from './canaries.ts';
import { haystack, type Haystack } from './haystack.ts';
import { filesIn, objectsIn, rowsAt, rowsIn } from './readers.ts';
import { askerOf, gitRecorder, listenTo, outputOf, watchArguments } from './recorders.ts';

export type Stage = Awaited<ReturnType<typeof openStage>>;
export type Serving = Awaited<ReturnType<Stage['serve']>>;

export async function openStage(database: Database, canaries: Canaries) {
  const shell = openShell();
  const kept: Haystack[] = [];
  const data = String(shell.env['RECOURSE_DATA']);
  const beside = (name: string): string => join(data, '..', name);
  // Everywhere that Recourse may write to, except for what it is told to change.
  const effects = String(shell.env['RECOURSE_EFFECT_LOG']);
  const stores = { data, restored: beside('restored'), other: beside('other') };
  const places = { HOME: beside('home'), XDG_CACHE_HOME: beside('cache'), TMPDIR: beside('tmp') };
  await Promise.all(Object.values(places).map((path) => mkdir(path)));
  const remote = await startGitRemote({
    path: join(shell.folder, 'git', 'platform.git'),
    files: { 'app.yaml': 'replicas: 2\n' },
    password: canaries.plain('the password of the Git remote'),
    protectedBranches: ['main'],
  });
  const recorder = await gitRecorder(remote.url);
  const seenArguments = await watchArguments();
  let server: ChildProcess | undefined;

  async function ran(line: string, mustExit: number | 'killed', env: NodeJS.ProcessEnv): Promise<Ran> {
    const answer = await shell.run(line, { ...places, ...env });
    const exit = answer.exit === 137 || answer.signal === 'SIGKILL' ? 'killed' : answer.exit;
    if (exit === mustExit) return answer;
    throw new Error(`${line}\nended with ${exit}, not ${mustExit}:\n${answer.out}${answer.err}`);
  }

  /** Makes a token, which is shown this once. */
  async function makeToken(name: string, scopes = 'read'): Promise<string> {
    const { out, err } = await ran(`recourse token create ${name} --scope ${scopes} --json`, 0, {});
    const { token } = JSON.parse(out) as { token: string };
    canaries.add(`the token ${name}`, token);
    kept.push(haystack('what commands print', 'recourse token create', (out + err).replace(token, '')));
    return token;
  }

  return {
    database,
    remote: { ...remote, url: recorder.url, passwords: recorder.passwords },
    file: shell.file,
    folder: shell.folder,
    stores,
    keyFile: String(shell.env['RECOURSE_KEY_FILE']),
    keep: (...haystacks: readonly Haystack[]) => void kept.push(...haystacks),

    /** Runs one line of shell, which must end so; answers what it printed. */
    async run(line: string, mustExit: number | 'killed' = 0, env: NodeJS.ProcessEnv = {}): Promise<string> {
      const { out, err } = await ran(line, mustExit, env);
      kept.push(haystack('what commands print', line, out + err));
      return out.trim();
    },
    makeToken,
    /** Starts a server on the store, and listens to all that happens. */
    async serve() {
      const child = spawn(process.execPath, [program, 'serve', '--port', '0'], {
        cwd: shell.folder,
        env: { ...shell.env, ...places },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      server = child;
      const said = outputOf(child);
      const ended = once(child, 'exit');
      while (!said.out().includes('Ctrl-C')) {
        if (child.exitCode !== null) throw new Error(`the server did not start: ${said.err()}`);
        await Promise.race([once(child.stdout, 'data'), ended]); // oxlint-disable-line no-await-in-loop -- until it has said so
      }
      const [, url = ''] = / serves (\S+)/.exec(said.out()) ?? [];
      const token = await makeToken('watcher', 'read propose approve run admin');
      const events = listenTo(`${url}/api/v1/events`, token);
      return {
        url,
        token,
        ask: askerOf(url, kept),
        async stop(): Promise<void> {
          kept.push(await events.stop());
          child.kill('SIGTERM');
          await ended;
          kept.push(haystack('what commands print', 'recourse serve', said.out()));
          kept.push(haystack('the log of the server', 'recourse serve', said.err()));
        },
      };
    },

    /** All that there is to look into, once nothing runs any more. */
    async everything(): Promise<readonly Haystack[]> {
      const written = [...Object.values(stores), ...Object.values(places)];
      const files = await Promise.all(written.map((path) => filesIn('files that are kept', path)));
      const rows: Haystack[] = [];
      for (const store of Object.values(stores)) rows.push(...(await rowsIn(store))); // oxlint-disable-line no-await-in-loop -- each is a database in this process
      const copies = files
        .flat()
        .filter(({ place }) => place.startsWith(places.XDG_CACHE_HOME) && place.endsWith('/HEAD'));
      return [
        ...kept,
        ...files.flat(),
        haystack('files that are kept', effects, await readFile(effects)),
        ...rows,
        ...(await rowsAt(database.url)),
        ...(await filesIn('pages', join(program, '../web'))),
        ...(await Promise.all([remote.path, ...copies.map(({ place }) => join(place, '..'))].map(objectsIn))),
        haystack('the log of PostgreSQL', database.url.host, await database.log()),
        recorder.requests(),
        await seenArguments(),
      ];
    },
    async close(): Promise<void> {
      if (server?.exitCode === null) server.kill('SIGKILL');
      await Promise.all([recorder.stop(), remote.stop()]);
      shell.close();
    },
  };
}
