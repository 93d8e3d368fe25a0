import { Evidence, Fact } from '../../src/model/fact.ts';
import { fieldTable, jsonSchema, type JsonSchema } from './json-schema.ts';

const record = jsonSchema(Evidence);
const oneBelow = { type: 'object', description: 'one of those below' };

export const factPage = (): string => `
# Facts

A change is a chain of facts, and nothing else is its journal. Each record of the chain carries one:

${fieldTable({ ...record, properties: { ...record.properties, fact: oneBelow } })}

${Fact.options.map((option) => section(jsonSchema(option))).join('\n\n')}
`;

function section({ properties = {}, required = [] }: JsonSchema): string {
  const { v: _, fact, ...fields } = properties;
  const its = { properties: fields, required };
  return `## ${String(fact?.const)}\n\n${Object.keys(fields).length === 0 ? 'Says all by its name.' : fieldTable(its)}`;
}
