import { z } from 'zod';

import { Comparison } from '../model/comparison.ts';
import { Evidence } from '../model/fact.ts';
import { ChangeId } from '../model/ids.ts';
import { Proposal } from '../model/proposal.ts';
import { ReversibilityClass } from '../model/reversibility.ts';
import { Status } from '../model/status.ts';
import { ChangePage, ChangeView, Preview } from '../model/view.ts';
import { ChangeParams, otherwise, sendText, type Api, type Ask } from './api.ts';
import { refuseReferences } from './refuse-references.ts';

/** `?status=failed`, `?status=failed&status=stuck`. */
const oneOrMany = <Of extends z.ZodType<string, string>>(one: Of) =>
  z.exactOptional(z.union([z.array(one), one.transform((value) => [value])]));

const Query = z.strictObject({
  status: oneOrMany(Status),
  environment: z.exactOptional(z.string()),
  class: oneOrMany(ReversibilityClass),
  resource: z.exactOptional(z.string()),
  text: z.exactOptional(z.string()),
  after: z.exactOptional(z.string()),
  limit: z.exactOptional(z.coerce.number().int().min(1).max(500)),
});

/** What is proposed, listed, shown and compared; and the record of a change, as facts and as a file of evidence. */
export const changes = (api: Api, ask: Ask): void => {
  const tags = ['changes'];

  api.get(
    '/changes',
    {
      schema: {
        tags,
        summary: 'Lists changes, newest first',
        querystring: Query,
        response: { 200: ChangePage, ...otherwise },
      },
    },
    async (request, reply) => {
      sendText(reply, await ask(request).list(request.query));
      return reply;
    },
  );

  api.post(
    '/changes',
    {
      schema: {
        tags,
        summary: 'Proposes a change',
        headers: z.object({ 'idempotency-key': z.exactOptional(z.string().min(1).max(200)) }),
        body: Proposal,
        response: { 201: ChangeView, ...otherwise },
      },
    },
    async (request, reply) => {
      refuseReferences(request.body);
      const change = await ask(request).propose(request.body, request.headers['idempotency-key']);
      return reply.code(201).header('location', `/api/v1/changes/${change.id}`).send(change);
    },
  );

  api.post(
    '/changes/preview',
    {
      schema: {
        tags,
        summary: 'Says what a proposal would be',
        body: Proposal,
        response: { 200: Preview, ...otherwise },
      },
    },
    async (request) => {
      refuseReferences(request.body);
      return ask(request).preview(request.body);
    },
  );

  api.get(
    '/changes/find/:ending',
    {
      schema: {
        tags,
        summary: 'Finds the change whose id ends so',
        params: z.object({ ending: z.string() }),
        response: { 200: z.object({ id: ChangeId }), ...otherwise },
      },
    },
    async (request) => ({ id: await ask(request).find(request.params.ending) }),
  );

  api.get(
    '/changes/:id',
    { schema: { tags, summary: 'Shows a change', params: ChangeParams, response: { 200: ChangeView, ...otherwise } } },
    async (request) => ask(request).show(request.params.id),
  );

  api.put(
    '/changes/:id',
    {
      schema: {
        tags,
        summary: 'Replaces what is proposed; an approval is void after it',
        params: ChangeParams,
        body: Proposal,
        response: { 200: ChangeView, ...otherwise },
      },
    },
    async (request) => {
      refuseReferences(request.body);
      return ask(request).revise(request.params.id, request.body);
    },
  );

  api.get(
    '/changes/:id/compare',
    {
      schema: {
        tags,
        summary: 'Reads the systems: before, after and now of every applied step',
        params: ChangeParams,
        response: { 200: Comparison, ...otherwise },
      },
    },
    async (request) => ask(request).compare(request.params.id),
  );

  api.get(
    '/changes/:id/facts',
    {
      schema: {
        tags,
        summary: 'The facts of a change after a sequence number',
        params: ChangeParams,
        querystring: z.strictObject({ after: z.exactOptional(z.coerce.number().int().min(0)) }),
        response: { 200: z.array(Evidence).readonly(), ...otherwise },
      },
    },
    async (request) => ask(request).facts(request.params.id, request.query.after),
  );

  api.get(
    '/changes/:id/evidence',
    {
      schema: {
        tags,
        summary: 'The evidence file: canonical records, one a line, and a seal',
        params: ChangeParams,
        response: { 200: { content: { 'application/jsonl': { schema: z.string() } } }, ...otherwise },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const file = await ask(request).exportEvidence(id);
      return reply
        .type('application/jsonl; charset=utf-8')
        .header('content-disposition', `attachment; filename="${id}.jsonl"`)
        .send(file);
    },
  );
};
