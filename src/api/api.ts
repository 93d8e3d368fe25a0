import type { IncomingMessage, ServerResponse } from 'node:http';

import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { ChangeId } from '../model/ids.ts';
import type { JsonText } from '../model/json.ts';
import type { Recourse } from '../model/recourse.ts';
import { FaultAnswer } from './answer-fault.ts';

/** The part of the server under `/api/v1`, whose routes are typed by their schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Recourse, as the caller of a request. */
export type Ask = (request: Pick<FastifyRequest, 'caller'>) => Recourse;

export const ChangeParams = z.object({ id: ChangeId });

/** Every route answers a fault where it does not answer what it was asked for. */
export const otherwise = {
  default: { description: 'No answer could be had', content: { 'application/json': { schema: FaultAnswer } } },
} as const;

/** Sends JSON that is text already, as it is. */
export const sendText = (reply: Pick<FastifyReply, 'type' | 'send'>, text: JsonText<unknown>): void => {
  reply.type('application/json; charset=utf-8').send(text);
};
