import { utimes } from 'node:fs/promises';

import { Fault } from '#src/model/fault.ts';
import { setFileMode } from '#src/operations/linux/set-file-mode.ts';

import type { LawName } from './obeys-the-laws.ts';

/** What a mutant replaces; made anew for every judgement, because some of them remember. */
export type Mutation = () => Partial<typeof setFileMode>;

const honest = setFileMode;
/** Ways to get the reading and the doing of `linux.set-file-mode` wrong, each with the law that must not let it pass. */
export const mutants: Readonly<Record<string, { readonly breaks: LawName; readonly by: Mutation }>> = {
  'an example that its own schema refuses': {
    breaks: 'it takes its own examples',
    by: () => ({ examples: [{ path: 'app.conf', mode: '640' }] }),
  },
  'a reading that writes': {
    breaks: 'looking changes nothing',
    by: () => ({
      observe: async (params, reach) => {
        const seen = await honest.observe(params, reach);
        await utimes(params.path, 0, 0);
        return seen;
      },
    }),
  },
  'state with a field that its schema does not know': {
    breaks: 'state is what its schema says',
    by: () => ({
      observe: async (params, reach) => {
        const seen = await honest.observe(params, reach);
        return { ...seen, state: { ...seen.state, readBy: 'stat' } };
      },
    }),
  },
  'an apply that does nothing': {
    breaks: 'applying changes what is observed',
    by: () => ({ apply: async () => ({}) }),
  },
  'a verification that never passes': {
    breaks: 'what was applied is found healthy',
    by: () => ({ verify: () => [{ rule: 'linux/mode-not-set', message: 'it is not right', known: 'observed' }] }),
  },
  'a verification that always passes': {
    breaks: 'what was not applied is found out',
    by: () => ({ verify: () => [] }),
  },
  'an apply that adds up': {
    breaks: 'applying twice is the same as once',
    by: () => ({
      apply: async ({ path, mode }, reach, before) => {
        const wanted = Number.parseInt(mode, 8);
        const sticky = Number.parseInt(before.state.mode, 8) === wanted ? 0o1000 : 0;
        await reach.client.chmod(path, wanted | sticky, before.identity['inode'] ?? '');
        return {};
      },
    }),
  },
  'a settlement that always says applied': {
    breaks: 'before the call it settles as untouched',
    by: () => ({ settle: () => ({ as: 'applied', result: {} }) }),
  },
  'a settlement that always says untouched': {
    breaks: 'after the call it settles as applied',
    by: () => ({ settle: () => ({ as: 'untouched' }) }),
  },
  'a settlement that takes foreign for untouched': {
    breaks: 'drift behind its back is noticed',
    by: () => ({
      settle: ({ mode }, _, now) => (now.state.mode === mode ? { as: 'applied', result: {} } : { as: 'untouched' }),
    }),
  },
  'an apply of two calls that is settled as if it were one': {
    breaks: 'a crash at any call settles truthfully',
    by: () => ({
      apply: async ({ path, mode }, { client }, before) => {
        const inode = before.identity['inode'] ?? '';
        await client.chmod(path, 0, inode);
        await client.chmod(path, Number.parseInt(mode, 8), inode);
        return {};
      },
      settle: (params, before, now) => {
        const settled = honest.settle(params, before, now);
        return settled.as === 'foreign' ? { as: 'untouched' } : settled;
      },
    }),
  },
  'an apply that swallows errors': {
    breaks: 'an error is never swallowed',
    by: () => ({
      apply: async (params, reach, before) => {
        try {
          return await honest.apply(params, reach, before);
        } catch {
          return {};
        }
      },
    }),
  },
  'a reading that swallows errors': {
    breaks: 'an error is never swallowed',
    by: () => ({
      observe: (params, reach) =>
        honest.observe(params, reach).catch(() => ({ state: { mode: '0000' }, identity: {} })),
    }),
  },
  'an apply that does not mind its deadline': {
    breaks: 'an aborted call changes nothing',
    by: () => ({
      apply: (params, reach, before) =>
        honest.apply(params, { ...reach, signal: new AbortController().signal }, before),
    }),
  },
  'reversibility that is not pure': {
    breaks: 'reversibility, settle and verify are pure',
    by: () => {
      let asked = 0;
      return {
        reversibility: (params) => {
          asked += 1;
          return { ...honest.reversibility(params), because: `asked ${asked} times` };
        },
      };
    },
  },
  'a reading from memory': {
    breaks: 'drift behind its back is noticed',
    by: () => {
      const modes = new Map<string, string>();
      return {
        observe: async (params, reach) => {
          const seen = await honest.observe(params, reach);
          const mode = modes.get(params.path) ?? seen.state.mode;
          modes.set(params.path, mode);
          return { ...seen, state: { mode } };
        },
        apply: async (params, reach, before) => {
          modes.set(params.path, params.mode);
          return honest.apply(params, reach, before);
        },
      };
    },
  },
  'identity that is not looked at': {
    breaks: 'another thing in its place is noticed',
    by: () => ({
      observe: async (params, reach) => ({ ...(await honest.observe(params, reach)), identity: {} }),
      apply: async ({ path, mode }, { client }) => {
        await client.chmod(path, Number.parseInt(mode, 8), (await client.stat(path)).inode);
        return {};
      },
    }),
  },
  'a settlement that does not look at identity': {
    breaks: 'another thing in its place settles as foreign',
    by: () => ({
      settle: (params, before, now) => honest.settle(params, before, { ...now, identity: before.identity }),
    }),
  },
  'identity that is read but not minded': {
    breaks: 'another thing in its place is left alone',
    by: () => ({
      apply: async ({ path, mode }, { client }) => {
        await client.chmod(path, Number.parseInt(mode, 8), (await client.stat(path)).inode);
        return {};
      },
    }),
  },
  'a refusal that says something else': {
    breaks: 'a lost permission is a clear fault',
    by: () => ({
      apply: async (params, reach, before) => {
        try {
          return await honest.apply(params, reach, before);
        } catch (error) {
          reach.signal.throwIfAborted();
          throw new Fault('bug', 'something went wrong', { cause: error });
        }
      },
    }),
  },
  'an apply that gives up for good once it was refused': {
    breaks: 'once the permission is back, it can be tried again',
    by: () => {
      let hasFailed = false;
      return {
        apply: async (params, reach, before) => {
          if (hasFailed) throw new Fault('permission-denied', `may not change ${params.path}`);
          try {
            return await honest.apply(params, reach, before);
          } catch (error) {
            hasFailed = true;
            throw error;
          }
        },
      };
    },
  },
};
