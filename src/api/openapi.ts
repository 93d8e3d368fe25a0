import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import { z } from 'zod';

import { Declared } from '../model/change.ts';
import { Comparison, StepComparison } from '../model/comparison.ts';
import { Decision } from '../model/decision.ts';
import { Evidence, Fact } from '../model/fact.ts';
import { FaultReport } from '../model/fault-report.ts';
import { Finding } from '../model/finding.ts';
import { Json } from '../model/json.ts';
import { Observation } from '../model/observation.ts';
import { Proposal } from '../model/proposal.ts';
import { RollbackWindow } from '../model/reversibility.ts';
import { TokenView } from '../model/token.ts';
import {
  ChangePage,
  ChangeRow,
  ChangeView,
  ConnectionView,
  OperationView,
  Preview,
  Recovered,
  StepView,
  WayBack,
} from '../model/view.ts';
import { FaultAnswer } from './answer-fault.ts';
import { needOf } from './needs.ts';

/** The schemas that the description of the API names; all others stand where they are used. */
const named = {
  ChangePage,
  ChangeRow,
  ChangeView,
  Comparison,
  ConnectionView,
  Decision,
  Declared,
  Evidence,
  Fact,
  FaultAnswer,
  FaultReport,
  Finding,
  Json,
  Observation,
  OperationView,
  Preview,
  Proposal,
  Recovered,
  RollbackWindow,
  StepComparison,
  StepView,
  TokenView,
  WayBack,
} as const;

/**
 * Describes every route, from the schemas that check it, at `/api/v1/openapi.json`; the scope that a route needs stands in its `security`.
 */
export const describeApi = async (server: FastifyInstance, version: string): Promise<void> => {
  const schemaRegistry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) schemaRegistry.add(schema, { id });
  const transform = createJsonSchemaTransform({ schemaRegistry });
  const transformObject = createJsonSchemaTransformObject({ schemaRegistry });
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Recourse',
        description: 'The way back for production changes. Every answer that is not the one asked for is `{ fault }`.',
        version,
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'rct_…' } } },
    },
    transform: (document) => {
      const { schema, url } = transform(document);
      const need = needOf([document.route.method].flat()[0] ?? '', document.url) ?? 'open';
      const security = need === 'open' ? [] : [{ token: need === 'token' ? [] : [need] }];
      return { schema: { ...schema, security }, url };
    },
    transformObject: (document) => withoutUnused(writable(transformObject(document) as Described)),
  });
  server.get('/api/v1/openapi.json', { schema: { summary: 'Describes this API' } }, () => server.swagger());
};

type Described = Partial<OpenAPIV3_1.Document>;

/** What does not change in our memory is not what OpenAPI calls read-only: that would be "not to be sent". */
const writable = (described: Described): Described =>
  JSON.parse(JSON.stringify(described), (key, value: unknown) =>
    key === 'readOnly' && value === true ? undefined : value,
  ) as Described;

/** Leaves out the named schemas that nothing points to. */
const withoutUnused = (described: Described): Described => {
  const { schemas = {}, ...components } = described.components ?? {};
  const used = Object.entries(schemas).filter(([name]) => {
    const pointer = JSON.stringify(`#/components/schemas/${name}`);
    const { [name]: _itself, ...others } = schemas;
    return JSON.stringify([described.paths, others]).includes(pointer);
  });
  if (used.length === Object.keys(schemas).length) return described;
  return withoutUnused({ ...described, components: { ...components, schemas: Object.fromEntries(used) } });
};
