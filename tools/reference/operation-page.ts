import { stringify } from 'yaml';

import type { Json } from '../../src/model/json.ts';
import type { AnyOperation } from '../../src/model/operation.ts';
import { fieldTable, jsonSchema } from './json-schema.ts';

export const operationPath = (name: string): string => `operations/${name}.md`;

/** @param about the comment that stands over the operation, without its stars */
export function operationPage(operation: AnyOperation, about: string): string {
  const { name, title, summary, params, examples, permissions, system } = operation;
  const way = operation.reversibility(examples[0]);
  return `
# ${title}

\`${name}\` · system [${system.title}](../systems/${system.name}.md)

${about || summary}

## Way back

**${way.class}**: ${way.because}. ${undoneBy(way)}

## Params

${fieldTable(jsonSchema(params))}

${examples.map((example) => `\`\`\`yaml\n${stringify({ steps: [{ [name]: asWritten(example) }] })}\`\`\``).join('\n\n')}

## Permissions

To apply: ${permissions.apply.join(', ')}. To undo: ${permissions.inverse.join(', ')}.
`;
}

function undoneBy(way: ReturnType<AnyOperation['reversibility']>): string {
  if ('undoneBy' in way) {
    const calls = way.undoneBy.map((name) => `[\`${name}\`](${name}.md)`).join(', then ');
    return way.class === 'compensatable' ? `Compensated by ${calls}.` : `Undone by ${calls}.`;
  }
  return way.class === 'forward-only' ? `Instead: ${way.instead}.` : `Restored from: ${way.restoreFrom}.`;
}

/** A secret is never written into a file, only where to take it from. */
function asWritten(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if ('sealed' in value && 'fingerprint' in value) return { $secret: 'generate' };
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asWritten(inner)]));
}
