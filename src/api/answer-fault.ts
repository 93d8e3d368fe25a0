import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';

import type { Ambient } from '../model/ambient.ts';
import { FaultReport } from '../model/fault-report.ts';
import { Fault, faults } from '../model/fault.ts';
import { Refusal } from './refusal.ts';

/** The body of every answer that is not the one asked for. */
export const FaultAnswer = z.object({ fault: FaultReport }).readonly();

/**
 * Makes the one error handler. Whatever was thrown is answered as `{ fault }` with the status of the table of faults; a
 * bug is answered with the number of its incident, and its details go to the log alone.
 */
export const answerFault =
  (ambient: Pick<Ambient, 'random'>) =>
  (thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const fault = asFault(thrown);
    if (fault instanceof Refusal) {
      reply.code(fault.http).headers(fault.headers).send({ fault: fault.report });
      return;
    }
    if (fault.code !== 'bug') {
      reply.code(faults[fault.code].http).send({ fault: fault.report });
      return;
    }
    const incident = Buffer.from(ambient.random(6)).toString('hex');
    request.log.error({ incident, err: thrown }, 'bug');
    reply.code(faults.bug.http).send({ fault: bug(incident).report });
  };

const bug = (incident: string): Fault =>
  new Fault('bug', `The server met something that it does not understand (incident ${incident}).`, {
    advice: 'This is a bug in Recourse. Report it with the lines of the server log that name this incident.',
    details: { incident },
  });

/** The words for what the HTTP layer itself refuses; it never repeats what was sent. */
const refusals: Readonly<Record<number, string>> = {
  400: 'The request cannot be read: it is not valid HTTP or its body is not valid JSON.',
  404: 'There is nothing at this address.',
  406: 'This address answers with an event stream only.',
  413: 'The body is larger than 1 MiB.',
  414: 'The address is too long.',
  415: 'The body has to be JSON, sent with the content type application/json.',
};

const asFault = (thrown: unknown): Fault => {
  if (thrown instanceof Fault) return thrown;
  if (hasZodFastifySchemaValidationErrors(thrown)) return invalid(thrown);
  if (thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number') {
    const words = refusals[thrown.statusCode];
    if (words) return new Refusal(thrown.statusCode, thrown.statusCode === 404 ? 'not-found' : 'invalid-input', words);
  }
  return Fault.from(thrown);
};

const parts = { body: 'the body', querystring: 'the query', params: 'the address', headers: 'the headers' } as const;
type Part = keyof typeof parts;

const invalid = (thrown: {
  readonly validation: readonly { instancePath: string; message?: string }[];
  readonly validationContext?: string | undefined;
}): Fault => {
  const where = parts[(thrown.validationContext ?? 'body') as Part] ?? 'the request';
  const issues = thrown.validation.map(({ instancePath, message }) => ({
    path: instancePath.slice(1).replaceAll('/', '.'),
    expected: message ?? 'something else',
  }));
  const [first] = issues;
  const field = first?.path || where;
  return new Fault(
    'invalid-input',
    `${field === where ? where : `${field} in ${where}`} is not right: ${first?.expected}.`,
    {
      at: field,
      details: { issues },
    },
  );
};
