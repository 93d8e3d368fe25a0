import type { Invocation } from '#src/model/invocation.ts';
import type { Applied } from '#src/model/observation.ts';
import { setFileMode } from '#src/operations/linux/set-file-mode.ts';

import type { Mutation } from './mutants.ts';
import type { LawName } from './obeys-the-laws.ts';

type Step = Applied<{ path: string; mode: string }, { mode: string }, object>;

const honest = setFileMode;
const to = (path: string, mode: string): Invocation => honest.with({ path, mode });
const promise = (inverse: (step: Step) => Invocation, undoneBy = honest.name): Partial<typeof setFileMode> => ({
  reversibility: () => ({
    class: 'fully-reversible',
    because: 'the previous mode is recorded',
    known: 'rule',
    undoneBy: [undoneBy],
    inverse: (step) => [inverse(step)],
  }),
});

/** Ways to get the way back of `linux.set-file-mode` wrong. */
export const inverseMutants: Readonly<Record<string, { readonly breaks: LawName; readonly by: Mutation }>> = {
  'an inverse with invalid params': {
    breaks: 'its inverse is a known operation with valid params',
    by: () => promise(({ params }) => to(params.path, '644')),
  },
  'an inverse that nobody knows': {
    breaks: 'its inverse is a known operation with valid params',
    by: () => promise((step) => ({ ...to(step.params.path, step.before.state.mode), operation: 'linux.restore-mode' })),
  },
  'undoneBy that lies': {
    breaks: 'undoneBy names exactly the operations of its inverse',
    by: () => promise(({ params, before }) => to(params.path, before.state.mode), 'linux.put-file'),
  },
  'a no-op inverse': {
    breaks: 'its inverse is not a no-op',
    by: () => promise(({ params }) => to(params.path, params.mode)),
  },
  'a wrong inverse': {
    breaks: 'its inverse restores exactly what was before',
    by: () => promise(({ params }) => to(params.path, '0777')),
  },
  'a way back that its own verification does not like': {
    breaks: 'its inverse is found healthy',
    by: () => ({
      verify: (applied) =>
        applied.after.state.mode === '0644'
          ? [{ rule: 'linux/mode-not-set', message: 'readable by all', known: 'observed' }]
          : honest.verify(applied),
    }),
  },
  'an apply that works only the first time': {
    breaks: 'there, back and there again',
    by: () => {
      const done: string[] = [];
      return {
        apply: (params, reach, before) => {
          const mode = done.includes(params.path + params.mode) ? '0666' : params.mode;
          done.push(params.path + params.mode);
          return honest.apply({ ...params, mode }, reach, before);
        },
      };
    },
  },
  'a way back that has a wrong one itself': {
    breaks: 'the way back can itself be undone',
    by: () => promise(({ params, before }) => to(params.path, params.mode === '0644' ? '0604' : before.state.mode)),
  },
};
