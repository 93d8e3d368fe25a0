import { z } from 'zod';

import { Fault } from '../model/fault.ts';
import { TokenScope, TokenView } from '../model/token.ts';
import { otherwise, type Api, type Ask } from './api.ts';
import { callerOf } from './caller.ts';

const name = z.string().min(1).max(60);

/** @param forget called when a token is no longer good */
export const tokens = (api: Api, ask: Ask, forget: () => void): void => {
  const tags = ['tokens'];

  api.get(
    '/tokens',
    {
      schema: {
        tags,
        summary: 'Lists the tokens, without the tokens themselves',
        response: { 200: z.array(TokenView).readonly(), ...otherwise },
      },
    },
    async (request) => ask(request).tokens(),
  );

  api.post(
    '/tokens',
    {
      schema: {
        tags,
        summary: 'Makes a token; it is in this answer and nowhere else',
        body: z.strictObject({ name, scopes: z.array(TokenScope).min(1).readonly() }),
        response: { 201: z.intersection(TokenView, z.object({ token: z.string() })), ...otherwise },
      },
    },
    async (request, reply) => {
      const { by, scopes } = callerOf(request);
      const lacking = request.body.scopes.filter((scope) => !scopes.includes(scope));
      if (lacking.length > 0)
        throw new Fault(
          'not-allowed',
          `${by} cannot give the scope ${lacking.join(', ')}: it does not have it itself.`,
        );
      const made = await ask(request).createToken(request.body);
      forget(); // it may have taken the place of one with the same name
      return reply.code(201).send(made);
    },
  );

  api.delete(
    '/tokens/:name',
    {
      schema: {
        tags,
        summary: 'Removes a token: it is refused from now on',
        params: z.object({ name }),
        response: { 204: z.undefined(), ...otherwise },
      },
    },
    async (request, reply) => {
      await ask(request).removeToken(request.params.name);
      forget();
      return reply.code(204).send();
    },
  );
};
