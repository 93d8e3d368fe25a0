import { Fault } from '../model/fault.ts';
import type { Recourse } from '../model/recourse.ts';
import { remoteRecourse } from './remote-recourse.ts';

/**
 * A running server by its address. Faults: `invalid-input` for an address with a password in it, `not-allowed` without a
 * token.
 *
 * @param from where the address stands
 */
export function remoteAt(server: string, token: string | undefined, from: string): Recourse {
  if (server.includes('@'))
    throw new Fault('invalid-input', 'The address of a server holds a user or a password.', {
      at: from,
      advice: 'Leave them out; a token goes into RECOURSE_TOKEN.',
    });
  if (token === undefined)
    throw new Fault('not-allowed', `The server ${server} wants a token.`, {
      at: server,
      advice: 'Put one into RECOURSE_TOKEN; `recourse token create` makes one.',
    });
  return remoteRecourse({ baseUrl: server }, token);
}
