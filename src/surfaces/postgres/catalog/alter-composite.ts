import type { AlterTableStmt } from '@pgsql/types';

import { assume, changeFacts, type Context } from './context.ts';
import { emptyScope, namesIn } from './scope.ts';

/** `ALTER TYPE … ADD ATTRIBUTE` is an ALTER TABLE of a composite type. */
export function alterComposite(context: Context, { relation, cmds }: AlterTableStmt): void {
  const schema = relation?.schemaname ?? context.schema;
  const type =
    context.catalog.named('type', schema, relation?.relname ?? '') ??
    assume(context, { kind: 'type', schema, name: relation?.relname ?? '' });
  const names = namesIn(context, emptyScope);
  const attributes = new Map(
    (Array.isArray(type.facts['attributes']) ? type.facts['attributes'] : []).map(
      (one: string) => [one.split(' ')[0] ?? '', one] as const,
    ),
  );
  for (const node of cmds ?? []) {
    if (!('AlterTableCmd' in node)) continue;
    const { subtype, name = '', def } = node.AlterTableCmd;
    const column = def && 'ColumnDef' in def ? def.ColumnDef : {};
    const written = `${column.colname ?? name} ${column.typeName ? names.type(column.typeName) : ''}`;
    if (subtype === 'AT_DropColumn') attributes.delete(name);
    else attributes.set(column.colname ?? name, written);
  }
  changeFacts(context, type, { attributes: [...attributes.values()] });
}
