import { z } from 'zod';

import { ConnectionId } from '../model/ids.ts';
import { Json } from '../model/json.ts';
import { ConnectionView } from '../model/view.ts';
import { otherwise, type Api, type Ask } from './api.ts';
import { refuseReferences } from './refuse-references.ts';

const params = z.object({ id: ConnectionId });

/** The configured, credentialed instances of systems. */
export const connections = (api: Api, ask: Ask): void => {
  const tags = ['connections'];

  api.get(
    '/connections',
    {
      schema: {
        tags,
        summary: 'Lists the connections; their secrets are sealed',
        response: { 200: z.array(ConnectionView).readonly(), ...otherwise },
      },
    },
    async (request) => ask(request).connections(),
  );

  api.post(
    '/connections',
    {
      schema: {
        tags,
        summary: 'Adds a connection',
        body: z.strictObject({ id: ConnectionId, system: z.string().max(60), settings: Json }),
        response: { 201: ConnectionView, ...otherwise },
      },
    },
    async (request, reply) => {
      refuseReferences(request.body.settings, 'settings');
      return reply.code(201).send(await ask(request).addConnection(request.body));
    },
  );

  api.post(
    '/connections/:id/probe',
    {
      schema: {
        tags,
        summary: 'Looks at the system: who we are there, its version, its identity',
        params,
        response: { 200: z.record(z.string(), z.string()).readonly(), ...otherwise },
      },
    },
    async (request) => ask(request).probeConnection(request.params.id),
  );

  api.delete(
    '/connections/:id',
    { schema: { tags, summary: 'Removes a connection', params, response: { 204: z.undefined(), ...otherwise } } },
    async (request, reply) => {
      await ask(request).removeConnection(request.params.id);
      return reply.code(204).send();
    },
  );
};
