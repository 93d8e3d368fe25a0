import type { AnyOperation } from '../../src/model/operation.ts';
import type { System } from '../../src/model/system.ts';
import { fieldTable, jsonSchema, table } from './json-schema.ts';

export const systemPath = (name: string): string => `systems/${name}.md`;

/** What a connection needs, and which permissions each operation and its inverse take. */
export function systemPage(system: System<unknown>, operations: readonly AnyOperation[]): string {
  const rows = operations.map(({ name, permissions }) => [
    `[\`${name}\`](../operations/${name}.md)`,
    permissions.apply.join('; '),
    permissions.inverse.join('; '),
  ]);
  const builtIn = system.builtIn && `The connection \`${system.builtIn.id}\` is there without being added.\n`;
  return `
# ${system.title}

## Connection

${builtIn ?? ''}
${fieldTable(jsonSchema(system.connection))}

## Permissions

${rows.length === 0 ? 'No operation yet.' : table(['operation', 'to apply', 'to undo'], rows)}
`;
}
