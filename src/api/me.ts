import { z } from 'zod';

import { Actor } from '../model/ids.ts';
import { TokenScope } from '../model/token.ts';
import { otherwise, type Api } from './api.ts';
import { callerOf } from './caller.ts';

/** Who the caller is, and what it may. */
export const me = (api: Api): void => {
  const Me = z.object({ by: Actor, scopes: z.array(TokenScope).readonly() }).readonly();
  api.get(
    '/me',
    { schema: { tags: ['tokens'], summary: 'Who asks, and what they may', response: { 200: Me, ...otherwise } } },
    async (request) => {
      const { by, scopes } = callerOf(request);
      return { by, scopes };
    },
  );
};
