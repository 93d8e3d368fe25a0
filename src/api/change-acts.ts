import type { FastifyTypeProviderDefault } from 'fastify';
import { z } from 'zod';

import { Decision } from '../model/decision.ts';
import type { ChangeId } from '../model/ids.ts';
import { StepId } from '../model/ids.ts';
import type { Recourse } from '../model/recourse.ts';
import { ChangeView, Recovered } from '../model/view.ts';
import { ChangeParams, otherwise, type Api, type Ask } from './api.ts';

interface Act<Body, Answer> {
  readonly summary: string;
  readonly body: z.ZodType<Body>;
  readonly answer: z.ZodType<Answer>;
  does(recourse: Recourse, id: ChangeId, body: Body): Promise<Answer>;
}

const text = z.string().max(10_000);
const nothing = z.strictObject({}).prefault({});
const step = StepId;
/** A worker does it; the answer says where the change stands now. */
const detach = true;

/** What people do to a change: `POST /changes/:id/<act>`. Those that run something leave it to a worker, and answer 202. */
export const changeActs = (api: Api, ask: Ask): void => {
  const stopping = new AbortController();
  api.addHook('preClose', async () => stopping.abort());
  const plain = api.withTypeProvider<FastifyTypeProviderDefault>();
  const offer = <Body, Answer>(http: 200 | 202, name: string, act: Act<Body, Answer>): void => {
    plain.post(
      `/changes/:id/${name}`,
      {
        schema: {
          tags: ['acts'],
          summary: act.summary,
          params: ChangeParams,
          body: act.body,
          response: { [http]: act.answer, ...otherwise },
        },
      },
      async (request, reply) => {
        reply.code(http);
        const { id } = request.params as z.infer<typeof ChangeParams>; // both have passed their schemas
        return act.does(ask(request), id, request.body as Body);
      },
    );
  };

  offer(200, 'approve', {
    summary: 'Approves the plan',
    body: z.strictObject({ note: z.exactOptional(text), plan: z.exactOptional(z.string()) }).prefault({}),
    answer: ChangeView,
    does: (recourse, id, options) => recourse.approve(id, options),
  });
  offer(200, 'reject', {
    summary: 'Rejects the plan',
    body: z.strictObject({ note: text }),
    answer: ChangeView,
    does: (recourse, id, { note }) => recourse.reject(id, note),
  });
  offer(202, 'run', {
    summary: 'Runs, or goes on',
    body: nothing,
    answer: ChangeView,
    does: (recourse, id) => recourse.run(id, { detach }),
  });
  offer(200, 'cancel', {
    summary: 'Cancels; during a run, after the step that is under way',
    body: z.strictObject({ because: text }),
    answer: ChangeView,
    does: (recourse, id, { because }) => recourse.cancel(id, because),
  });
  offer(200, 'decide', {
    summary: 'Says what should be done about it now, and why',
    body: nothing,
    answer: Decision,
    does: (recourse, id) => recourse.decide(id),
  });
  offer(202, 'recover', {
    summary: 'Decides, and takes the way back',
    body: z
      .strictObject({ partly: z.exactOptional(z.boolean()), withLater: z.exactOptional(z.boolean()) })
      .prefault({}),
    answer: Recovered,
    // What stands on the change has to be undone before it can be compared: that is waited for.
    does: (recourse, id, options) =>
      recourse.recover(id, { ...options, ...(options.withLater ? { signal: stopping.signal } : { detach }) }),
  });
  offer(202, 'retry', {
    summary: 'Runs a failed step again',
    body: z.strictObject({ step }),
    answer: ChangeView,
    does: (recourse, id, body) => recourse.retry(id, body.step, { detach }),
  });
  offer(202, 'skip', {
    summary: 'Leaves a failed step out',
    body: z.strictObject({ step, because: text }),
    answer: ChangeView,
    does: (recourse, id, { because, ...body }) => recourse.skip(id, body.step, { because, detach }),
  });
  offer(202, 'resolve', {
    summary: 'Marks a failed step as repaired by hand',
    body: z.strictObject({ step, note: text, alone: z.exactOptional(text) }),
    answer: ChangeView,
    does: (recourse, id, { step: which, ...options }) => recourse.resolve(id, which, { ...options, detach }),
  });
  offer(200, 'note', {
    summary: 'Writes a note on the change',
    body: z.strictObject({ text }),
    answer: ChangeView,
    does: (recourse, id, body) => recourse.note(id, body.text),
  });
  offer(200, 'take-over', {
    summary: 'Moves the lease on a resource to this change',
    body: z.strictObject({ resource: z.string().max(2_000), because: text }),
    answer: ChangeView,
    does: (recourse, id, { resource, because }) => recourse.takeOver(id, resource, because),
  });
  offer(200, 'close', {
    summary: 'Closes the change: nothing is owed any more',
    body: nothing,
    answer: ChangeView,
    does: (recourse, id) => recourse.close(id),
  });
};
