import { Refusal } from './refusal.ts';

/** What answers where there is no route. */
export const notFound = (): never => {
  throw new Refusal(404, 'not-found', 'There is nothing at this address.', {
    advice: 'The API is described at /api/v1/openapi.json.',
  });
};
