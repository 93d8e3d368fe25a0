/**
 * The published JSON Schema of a change file, for editors: every step with the params of its operation. It is wider than
 * the operation's own schema where a file may say less than the call: a relative path, a secret by reference, a value
 * that an earlier step will have.
 */
import type { CheckRegistry } from '../../src/model/check.ts';
import type { OperationRegistry } from '../../src/model/operation.ts';
import { Proposal, ProposedStep, ProposedWait } from '../../src/model/proposal.ts';
import { FromStep } from '../../src/model/step.ts';
import { isSecret, jsonSchema, type JsonSchema } from './json-schema.ts';

export function changeFileSchema(operations: OperationRegistry, checks: CheckRegistry): JsonSchema {
  const proposal = jsonSchema(Proposal);
  const { properties: settings = {} } = jsonSchema(ProposedStep);
  const bodies: [name: string, body: JsonSchema][] = [
    ...Object.values(operations).map((operation): [string, JsonSchema] => [
      operation.name,
      { description: operation.summary, ...inFile(jsonSchema(operation.params)) },
    ]),
    ['wait', waitBody(checks)],
  ];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Recourse change file',
    ...proposal,
    properties: {
      ...proposal.properties,
      steps: {
        ...proposal.properties?.['steps'],
        items: {
          type: 'object',
          properties: { ...settings, ...Object.fromEntries(bodies) },
          oneOf: bodies.map(([name]) => ({ required: [name] })),
          additionalProperties: false,
        },
      },
    },
    $defs: {
      fromStep: { description: 'A value that an earlier step will have.', ...jsonSchema(FromStep) },
      secret: {
        description: 'Where the secret is: env:NAME, file:PATH, stdin, or generate to have one made.',
        type: 'object',
        properties: { $secret: { type: 'string', pattern: '^(env:.+|file:.+|stdin|generate)$' } },
        required: ['$secret'],
        additionalProperties: false,
      },
    },
  };
}

function waitBody(checks: CheckRegistry): JsonSchema {
  const wait = jsonSchema(ProposedWait);
  const until = { ...wait.properties?.['until'], enum: Object.keys(checks) };
  return {
    description: 'Asks a check again until it says yes.',
    ...wait,
    properties: { ...wait.properties, ...(Object.keys(checks).length > 0 && { until }) },
  };
}

const absolutePath = String.raw`^\/`;

function inFile(schema: JsonSchema): JsonSchema {
  if (isSecret(schema)) return { $ref: '#/$defs/secret' };
  if (schema.pattern === absolutePath) {
    const { pattern: _, ...rest } = schema;
    return { description: 'Absolute, or relative to the file.', ...rest };
  }
  const { properties, items, anyOf, oneOf } = schema;
  return {
    ...schema,
    ...(properties && { properties: mapped(properties) }),
    ...(items && { items: inFile(items) }),
    ...(anyOf && { anyOf: anyOf.map(inFile) }),
    ...(oneOf && { oneOf: oneOf.map(inFile) }),
  };
}

const mapped = (properties: Readonly<Record<string, JsonSchema>>): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      name,
      { anyOf: [inFile(schema), { $ref: '#/$defs/fromStep' }] },
    ]),
  );
