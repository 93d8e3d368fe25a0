/**
 * Starts a real Git remote on loopback: a bare repository behind `git http-backend`. It can ask for a password, refuse
 * pushes to protected branches (with a hook, as hosts do), and misbehave on demand.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname } from 'node:path';

export interface GitRemoteOptions {
  /** The bare repository; made here, with one commit on `main`. */
  readonly path: string;
  /** The first commit: contents by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** When given, every request needs it; the user name does not matter. */
  readonly password?: string;
  readonly protectedBranches?: readonly string[];
  readonly objectFormat?: 'sha1' | 'sha256';
}

export interface GitRemote {
  readonly url: string;
  readonly path: string;
  /** From now on exactly these branches refuse pushes. */
  protect(...branches: readonly string[]): Promise<void>;
  /** From now on (not) everybody who may read may push: answers 403. */
  allowPushes(are: boolean): void;
  /** So many requests of coming pushes are done, and their answers are lost. */
  loseAnswers(count: number): void;
  /** From now on requests are (not) left without an answer. */
  hang(does: boolean): void;
  stop(): Promise<void>;
}

const environment = {
  PATH: process.env['PATH'],
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

const hook = `#!/bin/sh
while read -r old new ref; do
  if grep -qxF -e "$ref" "$GIT_DIR/protected"; then
    echo "$ref is protected: propose a merge instead" >&2
    exit 1
  fi
done
`;

export async function startGitRemote(options: GitRemoteOptions): Promise<GitRemote> {
  const { path, password } = options;
  await makeRepository(options);
  const state = { pushes: true, loses: 0, hangs: false };
  const server = createServer((request, response) => {
    if (state.hangs) return;
    if (password !== undefined && passwordIn(request) !== password) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    } else if (!state.pushes && request.url?.includes('git-receive-pack')) {
      response.writeHead(403).end();
    } else {
      const loses = state.loses > 0 && request.method === 'POST' && request.url?.endsWith('/git-receive-pack') === true;
      if (loses) state.loses -= 1;
      answer(path, request, response, loses);
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${basename(path)}`,
    path,
    protect: (...branches) => protect(path, branches),
    allowPushes: (are) => void (state.pushes = are),
    loseAnswers: (count) => void (state.loses = count),
    hang: (does) => void (state.hangs = does),
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

/** git-http-backend(1): one CGI process a request. */
function answer(path: string, request: IncomingMessage, response: ServerResponse, loses: boolean): void {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...environment,
      GIT_PROJECT_ROOT: dirname(path),
      GIT_HTTP_EXPORT_ALL: '1',
      REMOTE_USER: 'somebody', // without a user http-backend refuses pushes
      REQUEST_METHOD: request.method,
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => undefined); // it answered before it read everything
  request.pipe(child.stdin);
  request.once('close', () => child.stdin.end());
  const out: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.once('close', () => {
    if (loses) request.socket.destroy();
    else respond(Buffer.concat(out), response);
  });
}

function respond(cgi: Buffer, response: ServerResponse): void {
  const headEnd = cgi.indexOf('\r\n\r\n');
  const headers = Object.fromEntries(
    cgi
      .toString('latin1', 0, headEnd)
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const { Status: status = '200', ...others } = headers;
  response.writeHead(Number(status.slice(0, 3)), others).end(cgi.subarray(headEnd + 4));
}

const passwordIn = ({ headers }: IncomingMessage): string | undefined =>
  Buffer.from(headers.authorization?.slice('Basic '.length) ?? '', 'base64')
    .toString()
    .split(':')
    .slice(1)
    .join(':');

async function makeRepository(options: GitRemoteOptions): Promise<void> {
  const { path, files = { README: 'A repository.\n' }, protectedBranches = [], objectFormat = 'sha1' } = options;
  await git(['init', '--quiet', '--bare', '--template=', '-b', 'main', `--object-format=${objectFormat}`, path]);
  const by = 'Ann Other <ann@example.org> 1700000000 +0000';
  const entries = Object.entries(files).map(
    ([name, text]) => `M 100644 inline ${JSON.stringify(name)}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
  );
  const first = `commit refs/heads/main\nauthor ${by}\ncommitter ${by}\ndata 5\nfirst\n${entries.join('')}done\n`;
  await git([`--git-dir=${path}`, 'fast-import', '--quiet', '--done'], first);
  await protect(path, protectedBranches);
  await mkdir(`${path}/hooks`);
  await writeFile(`${path}/hooks/pre-receive`, hook);
  await chmod(`${path}/hooks/pre-receive`, 0o755);
}

const protect = (path: string, branches: readonly string[]): Promise<void> =>
  writeFile(`${path}/protected`, branches.map((branch) => `refs/heads/${branch}\n`).join(''));

async function git(args: readonly string[], input = ''): Promise<void> {
  const child = spawn('git', args, { env: environment, stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`git ${args.join(' ')} ended with ${code}`);
}
