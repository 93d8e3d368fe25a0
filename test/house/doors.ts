import { importsOf, perFile, roomOf, type HouseRule, type Import } from './rule.ts';

/** What each room may import beside itself: rooms, or files. `main.ts` and what it keeps in `main/` join them. */
const doors: Readonly<Record<string, readonly string[]>> = {
  model: [],
  decide: ['model'],
  evidence: ['model'],
  systems: ['model'],
  surfaces: ['model'],
  operations: ['model', 'systems'],
  checks: ['model', 'systems'],
  playbooks: ['model', 'operations', 'decide'],
  store: ['model', 'decide', 'evidence'],
  pipeline: ['model', 'decide', 'evidence'],
  api: ['model', 'pipeline'],
  cli: ['model', 'pipeline', 'src/api/remote-recourse.ts'],
  web: ['model', 'src/evidence/verify.ts', 'src/evidence/web-primitives.ts'],
  'recourse.ts': ['main.ts', 'version.ts'],
  'version.ts': [],
};

export const oneWayDoors: HouseRule = {
  wants: 'rooms have one-way doors, and only main.ts joins them',
  bad: {
    'src/model/ids.ts': "import { fold } from '../decide/fold.ts';",
    'src/decide/fold.ts': "export type { Store } from '../store/open.ts';",
    'src/pipeline/run.ts': "const { open } = await import('../store/open.ts');",
    'src/cli/run.ts': "import { buildApp } from '../api/app.ts';",
    'src/api/changes.ts': "import '../main.ts';",
    'src/attic/thing.ts': 'export const thing = 1;',
    'web/pages/list.tsx': "import { Status } from '../../src/model/status.ts';",
  },
  breaches: perFile(/^(src|web)\/.*\.tsx?$/, (path, text) => {
    const room = roomOf(path);
    if (room === 'main.ts' || room === 'main') return [];
    const allowed = doors[room];
    if (!allowed) return [`there is no room ${room}`];
    return importsOf(path, text)
      .filter((one) => !isAllowed(one, room, allowed))
      .map(({ from }) => `must not import ${from}`);
  }),
};

function isAllowed({ path, isTypeOnly }: Import, room: string, allowed: readonly string[]): boolean {
  if (path === undefined || roomOf(path) === room) return true;
  if (room === 'web' && roomOf(path) === 'model') return isTypeOnly;
  return allowed.includes(roomOf(path)) || allowed.includes(path);
}
