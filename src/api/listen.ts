import type { FastifyInstance } from 'fastify';

import { Fault } from '../model/fault.ts';

/** An address that others may reach has to be asked for: by default only this machine is heard. */
export type Address = { readonly host?: string; readonly port: number } | { readonly socketPath: string };

/**
 * Begins to answer.
 * @returns the URL, or the path of the socket
 * @throws Fault `in-use` when something else listens there, `invalid-input` when nobody can
 */
export const listen = async (server: Pick<FastifyInstance, 'listen'>, address: Address): Promise<string> => {
  const where = 'socketPath' in address ? address.socketPath : `${address.host ?? '127.0.0.1'}:${address.port}`;
  try {
    if ('socketPath' in address) return await server.listen({ path: address.socketPath });
    return await server.listen({ host: address.host ?? '127.0.0.1', port: address.port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE')
      throw new Fault('in-use', `Something else listens at ${where} already.`, {
        at: where,
        advice: 'Stop it, or choose another port.',
        cause: error,
      });
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault('invalid-input', `This server cannot listen at ${where}: ${why}.`, { at: where, cause: error });
  }
};
