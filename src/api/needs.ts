import type { TokenScope } from '../model/token.ts';

/** `open` asks for nothing, `token` for any token that is known. */
export type Need = TokenScope | 'token' | 'open';

/** What each route asks of its caller. A route that is not in this table does not start. */
export const needs = {
  'GET /health': 'open',
  'GET /metrics': 'read',
  'GET /api/v1/openapi.json': 'token',
  'GET /api/v1/me': 'token',

  'GET /api/v1/changes': 'read',
  'POST /api/v1/changes': 'propose',
  'POST /api/v1/changes/preview': 'propose',
  'GET /api/v1/changes/find/:ending': 'read',
  'GET /api/v1/changes/:id': 'read',
  'PUT /api/v1/changes/:id': 'propose',
  'GET /api/v1/changes/:id/compare': 'read',
  'GET /api/v1/changes/:id/facts': 'read',
  'GET /api/v1/changes/:id/evidence': 'read',
  'GET /api/v1/events': 'read',

  'POST /api/v1/changes/:id/approve': 'approve',
  'POST /api/v1/changes/:id/reject': 'approve',
  'POST /api/v1/changes/:id/run': 'run',
  'POST /api/v1/changes/:id/cancel': 'run',
  'POST /api/v1/changes/:id/decide': 'run',
  'POST /api/v1/changes/:id/recover': 'run',
  'POST /api/v1/changes/:id/retry': 'run',
  'POST /api/v1/changes/:id/skip': 'run',
  'POST /api/v1/changes/:id/resolve': 'run',
  'POST /api/v1/changes/:id/note': 'run',
  'POST /api/v1/changes/:id/take-over': 'run',
  'POST /api/v1/changes/:id/close': 'run',

  'GET /api/v1/operations': 'read',
  'GET /api/v1/connections': 'read',
  'POST /api/v1/connections': 'admin',
  'POST /api/v1/connections/:id/probe': 'admin',
  'DELETE /api/v1/connections/:id': 'admin',
  'GET /api/v1/tokens': 'admin',
  'POST /api/v1/tokens': 'admin',
  'DELETE /api/v1/tokens/:name': 'admin',

  'GET /*': 'open', // the files of the web UI
  'HEAD /*': 'open',
} as const satisfies Readonly<Record<string, Need>>;

/** What a route asks of its caller; `undefined` for a route that the table does not know. */
export const needOf = (method: string, path: string): Need | undefined =>
  (needs as Readonly<Record<string, Need>>)[`${method} ${path}`];
