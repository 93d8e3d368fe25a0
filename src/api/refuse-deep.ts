import type { FastifyInstance } from 'fastify';

import { Fault } from '../model/fault.ts';

const deepest = 64;

/** Turns away a body that is nested so deeply that reading it would end our stack; no proposal comes near. */
export const refuseDeep = (server: FastifyInstance): void => {
  server.addHook('preValidation', ({ body }, _, done) => {
    if (isDeeper(body, deepest))
      done(new Fault('invalid-input', `The body is nested more than ${deepest} levels deep.`, { at: 'the body' }));
    else done();
  });
};

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)));
