/** What keeps a record while things happen: of processes, of answers, of requests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { haystack, type Haystack } from './haystack.ts';

/** Watches the arguments of all processes, until it is asked what it saw. */
export async function watchArguments(): Promise<() => Promise<Haystack>> {
  const sampler = spawn(process.execPath, [fileURLToPath(new URL('child.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(sampler.stdout, 'readable'); // it looks
  return async () => {
    sampler.stdin.end();
    return haystack('arguments of processes', '/proc', await text(sampler.stdout));
  };
}

/** Everything that a process writes, as it comes. */
export function outputOf(child: ChildProcess): { readonly out: () => string; readonly err: () => string } {
  const texts = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (texts.out += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (texts.err += chunk));
  return { out: () => texts.out, err: () => texts.err };
}

interface Answer {
  readonly status: number;
  /** The body. */
  readonly said: string;
}

/** Asks a server and keeps its answers, headers and all. */
export function askerOf(base: string, kept: Haystack[]) {
  return async (
    method: string,
    path: string,
    { token, body }: { readonly token?: string; readonly body?: string } = {},
  ): Promise<Answer> => {
    const answer = await fetch(base + path, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body }),
    });
    const said = await answer.text();
    const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`);
    kept.push(
      haystack(
        path.startsWith('/api/') ? 'answers of the API' : 'pages',
        `${method} ${path}`,
        [...headers, '', said].join('\n'),
      ),
    );
    return { status: answer.status, said };
  };
}

/** Listens to Server-Sent Events until it is asked what came. */
export function listenTo(url: string, token: string): { said(): string; stop(): Promise<Haystack> } {
  const stop = new AbortController();
  let said = '';
  const listening = (async () => {
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
      signal: stop.signal,
    });
    for await (const chunk of (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) said += chunk;
  })().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  listening.catch(() => undefined); // whoever stops it is told
  return {
    said: () => said,
    async stop() {
      stop.abort();
      await listening;
      return haystack('events', url, said);
    },
  };
}

/**
 * Stands before a Git remote and writes down what a server's log would hold: line and headers of every request. The
 * header that has to carry the password is looked into, and left out.
 */
export async function gitRecorder(remote: string) {
  const lines: string[] = [];
  const passwords = new Set<string>();
  const { port, pathname } = new URL(remote);
  const proxy = createServer((request, response) => {
    const { authorization, ...headers } = request.headers;
    lines.push(`${request.method} ${request.url} ${JSON.stringify(headers)}`);
    const [, ...password] = Buffer.from(authorization?.slice('Basic '.length) ?? '', 'base64')
      .toString()
      .split(':');
    if (authorization !== undefined) passwords.add(password.join(':'));
    const { method, url: path } = request;
    const onward = ask({ host: '127.0.0.1', port, method, path, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${pathname}`,
    /** The passwords that came, in the one place where they belong. */
    passwords: passwords as ReadonlySet<string>,
    requests: () => haystack('requests to the Git remote', remote, lines.join('\n')),
    async stop() {
      proxy.closeAllConnections();
      await once(proxy.close(), 'close');
    },
  };
}
