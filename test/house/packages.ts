import { importsOf, perFile, roomOf, type HouseRule } from './rule.ts';

/** Which rooms may import which package. One that is not here may be imported by `systems` alone. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  '@bomb.sh/tab': ['cli'],
  '@bufbuild/cel': ['pipeline'],
  '@commander-js/extra-typings': ['cli'],
  '@electric-sql/pglite': ['store', 'systems'],
  '@fastify/*': ['api'],
  '@pgsql/types': ['surfaces'],
  '@prometheus-io/client': ['api'],
  '@tree-sitter-grammars/tree-sitter-hcl': ['surfaces'],
  canonicalize: ['evidence'],
  commander: ['cli'],
  diff: ['cli'],
  'eventsource-parser': ['api'],
  fastify: ['api'],
  'fastify-type-provider-zod': ['api'],
  'js-yaml': ['surfaces'],
  kysely: ['store'],
  'libpg-query': ['surfaces', 'pipeline'],
  'log-update': ['cli'],
  'modern-tar': ['store', 'evidence'],
  'openapi-types': ['api'],
  pg: ['store', 'systems'],
  'pg-boss': ['store'],
  pino: ['api'],
  'string-width': ['cli'],
  ulid: ['systems', 'main.ts'],
  'web-tree-sitter': ['surfaces'],
  yaml: ['cli', 'surfaces'],
  zod: ['model', 'evidence', 'systems', 'surfaces', 'operations', 'checks', 'store', 'pipeline', 'api', 'cli'],
  'node:child_process': ['systems', 'recourse.ts'],
  'node:net': ['systems', 'store', 'api'],
  'node:tls': ['systems'],
  'node:http': ['systems', 'api'],
  'node:https': ['systems', 'api'],
};

export const packagesInTheirRooms: HouseRule = {
  wants: 'a system is spoken to in systems/ alone, and every library has its rooms',
  bad: {
    'src/operations/postgres/reset-password.ts': "import pg from 'pg';",
    'src/pipeline/run.ts': "import { execFile } from 'node:child_process';",
    'src/decide/fold.ts': "import { z } from 'zod';",
    'src/model/ids.ts': "import { ulid } from 'ulid';",
    'src/cli/list.ts': "const { Client } = await import('some-sdk/client');",
    'src/store/open.ts': "import type { FastifyInstance } from 'fastify';",
  },
  breaches: perFile(/^src\/.*\.ts$/, (path, text) =>
    importsOf(path, text)
      .filter((one) => one.path === undefined && !mayImport(roomOf(path), one.from))
      .map(({ from }) => `must not import ${from}`),
  ),
};

function mayImport(room: string, from: string): boolean {
  const [scope = '', name = ''] = from.split('/');
  const library = scope.startsWith('@') ? `${scope}/${name}` : scope;
  const allowed = rooms[library] ?? rooms[`${scope}/*`];
  if (allowed) return allowed.includes(room);
  return library.startsWith('node:') || room === 'systems';
}
