import { z } from 'zod';

import { OperationView } from '../model/view.ts';
import { otherwise, type Api, type Ask } from './api.ts';

/** What can be done, each with the schema of its params. */
export const operations = (api: Api, ask: Ask): void => {
  api.get(
    '/operations',
    {
      schema: {
        tags: ['operations'],
        summary: 'Lists the operations',
        response: { 200: z.array(OperationView).readonly(), ...otherwise },
      },
    },
    async (request) => ask(request).operations(),
  );
};
