import type { Socket } from 'node:net';

import { Fault } from '../model/fault.ts';

const statuses: Readonly<Record<string, { readonly status: string; readonly says: string }>> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    says: 'The headers of the request are larger than 16 KiB.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', says: 'The request did not arrive in time.' },
};
const unreadable = { status: '400 Bad Request', says: 'What arrived is not an HTTP request.' };

/** Answers, as any fault is answered, what the HTTP parser gave up on; none of it is repeated or logged. */
export const answerBrokenRequest = (error: { readonly code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, says } = statuses[error.code ?? ''] ?? unreadable;
  const body = JSON.stringify({ fault: new Fault('invalid-input', says).report });
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
};
