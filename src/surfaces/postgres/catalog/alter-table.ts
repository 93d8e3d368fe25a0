import type { AlterTableCmd, AlterTableStmt, AlterTableType, ColumnDef, Constraint, Node } from '@pgsql/types';

import { alterComposite } from './alter-composite.ts';
import { alterType } from './alter-type.ts';
import { addColumn, addColumnConstraints, defaultText, identityWord, sequenceAsked } from './columns.ts';
import { addConstraint, addNotNull } from './constraints.ts';
import { assume, change, changeFacts, refuse, type Context } from './context.ts';
import { drop } from './drop.ts';
import { expressionText, treeText } from './expression.ts';
import { freeName } from './object-name.ts';
import { columnOf, findRelation, makeSequence, relationOf } from './relations.ts';
import { emptyScope, namesIn, scopeOf } from './scope.ts';
import { setOptions } from './table-options.ts';
import { holdsRows, mark, marked, type Thing } from './thing.ts';

const relationKinds: Readonly<Record<string, 'table' | 'view' | 'sequence' | 'index'>> = {
  OBJECT_INDEX: 'index',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'view',
};

export function alterTable(context: Context, statement: AlterTableStmt): void {
  const { relation, missing_ok, objtype, cmds } = statement;
  if (objtype === 'OBJECT_TYPE') return alterComposite(context, statement);
  if (missing_ok && !findRelation(context, relation?.schemaname, relation?.relname ?? '')) return undefined;
  const { oid } = relationOf(context, relation, relationKinds[objtype ?? ''] ?? 'table');
  const commands = (cmds ?? []).flatMap((node) => ('AlterTableCmd' in node ? [node.AlterTableCmd] : []));
  // The server takes them in passes: what is dropped, then types, then what is added.
  for (const command of commands.toSorted((a, b) => passOf(a) - passOf(b))) {
    const table = context.catalog.get(oid);
    if (table) acts[command.subtype ?? 'AT_DropOids']?.(context, table, command);
  }
  return undefined;
}

const passes: Partial<Record<AlterTableType, number>> = {
  AT_DropColumn: 0,
  AT_DropConstraint: 0,
  AT_DropNotNull: 0,
  AT_AlterColumnType: 1,
  AT_AddColumn: 3,
  AT_SetNotNull: 4,
  AT_ColumnDefault: 5,
  AT_AddConstraint: 6,
  AT_AddIndexConstraint: 6,
};
const lastPass = 7;
const passOf = ({ subtype, def }: AlterTableCmd): number => {
  if (subtype === 'AT_ColumnDefault' && def === undefined) return 0;
  return subtype === undefined ? lastPass : (passes[subtype] ?? lastPass);
};

type Act = (context: Context, table: Thing, command: AlterTableCmd) => void;

const acts: Partial<Record<AlterTableType, Act>> = {
  AT_AddColumn: (context, table, { def, missing_ok }) => {
    const definition = defOf(def);
    if (missing_ok && context.catalog.part('column', table.oid, definition.colname ?? '')) return;
    addColumnConstraints(context, table, addColumn(context, table, definition));
  },
  AT_DropColumn: (context, table, { name, missing_ok, behavior }) => {
    if (missing_ok && isKnownMissing(context, table, 'column', name)) return;
    drop(context, [columnOf(context, table, name ?? '')], behavior === 'DROP_CASCADE');
  },
  AT_AlterColumnType: (context, table, { name, def }) =>
    alterType(context, table, columnOf(context, table, name ?? ''), defOf(def)),
  AT_ColumnDefault: (context, table, { name, def }) => {
    const column = columnOf(context, table, name ?? '');
    const text = def && defaultText(context, table, def, String(column.facts['type'] ?? ''));
    const asked = sequenceAsked(context, def);
    const uses = [...marked(String(column.facts['type'] ?? '')), ...marked(text ?? ''), ...(asked ? [asked.oid] : [])];
    change(context, column, { uses, facts: { ...column.facts, default: text } });
  },
  AT_SetNotNull: (context, table, { name }) => {
    const column = columnOf(context, table, name ?? '');
    if (column.data?.includes('NULL') && holdsRows(table))
      refuse(context, `column "${column.name}" of relation "${table.name}" contains null values`);
    changeFacts(context, column, { notNull: true });
  },
  AT_DropNotNull: (context, table, { name }) => {
    const column = columnOf(context, table, name ?? '');
    const key = context.catalog.parts(table.oid, 'constraint').find((one) => one.facts['type'] === 'PRIMARY KEY');
    if (key?.goesWith.includes(column.oid)) refuse(context, `column "${column.name}" is in a primary key`);
    changeFacts(context, column, { notNull: false });
  },
  AT_SetExpression: (context, table, { name, def }) =>
    void changeFacts(context, columnOf(context, table, name ?? ''), {
      generated: expressionText(def, namesIn(context, scopeOf(context, table.oid))),
    }),
  AT_DropExpression: (context, table, { name }) =>
    void changeFacts(context, columnOf(context, table, name ?? ''), { generated: undefined }),
  AT_AddConstraint: (context, table, { def }) => {
    if (!def || !('Constraint' in def)) return;
    if (def.Constraint.contype === 'CONSTR_NOTNULL') addNotNull(context, table, def.Constraint.keys);
    else addConstraint(context, table, def.Constraint);
  },
  AT_DropConstraint: (context, table, { name, missing_ok, behavior }) => {
    if (missing_ok && isKnownMissing(context, table, 'constraint', name)) return;
    const there = constraintOf(context, table, name ?? '');
    drop(context, [there], behavior === 'DROP_CASCADE');
  },
  AT_ValidateConstraint: (context, table, { name }) =>
    void changeFacts(context, constraintOf(context, table, name ?? ''), { isValid: true }),
  AT_AlterConstraint: (context, table, { def }) => {
    const altered =
      def && 'Constraint' in def
        ? def.Constraint
        : (def as { ATAlterConstraint?: Constraint } | undefined)?.ATAlterConstraint;
    const there = constraintOf(context, table, altered?.conname ?? '');
    changeFacts(context, there, { when: `${altered?.deferrable ?? false} ${altered?.initdeferred ?? false}` });
  },
  AT_AddIdentity: (context, table, { name, def }) => {
    const column = columnOf(context, table, name ?? '');
    const when = def && 'Constraint' in def ? def.Constraint.generated_when : undefined;
    changeFacts(context, column, { identity: identityWord(when ?? 'd') });
    makeSequence(context, table.schema, freeName(context, table.schema, table.name, column.name, 'seq'), column, {
      identity: true,
    });
  },
  AT_SetIdentity: (context, table, { name, def }) =>
    void changeFacts(context, columnOf(context, table, name ?? ''), {
      identity: treeText(def, namesIn(context, emptyScope)),
    }),
  AT_DropIdentity: (context, table, { name }) => {
    const column = columnOf(context, table, name ?? '');
    const own = context.catalog
      .users(column.oid)
      .filter((user) => user.kind === 'sequence' && user.facts['identity'] === true);
    drop(context, own, true);
    changeFacts(context, column, { identity: undefined });
  },
  AT_AttachPartition: (context, table, { def }) => {
    const part = def && 'PartitionCmd' in def ? def.PartitionCmd : undefined;
    const partition = relationOf(context, part?.name);
    const bound = treeText(part?.bound, namesIn(context, emptyScope));
    change(context, partition, {
      goesWith: [table.oid],
      facts: { ...partition.facts, parents: [mark(table.oid)], bound },
    });
  },
  AT_DetachPartition: (context, _, { def }) => {
    const partition = relationOf(context, def && 'PartitionCmd' in def ? def.PartitionCmd.name : undefined);
    change(context, partition, { goesWith: [], facts: { ...partition.facts, parents: [], bound: undefined } });
  },
  AT_AddInherit: (context, table, { def }) => {
    const parent = relationOf(context, def && 'RangeVar' in def ? def.RangeVar : undefined);
    change(context, table, {
      uses: [...table.uses, parent.oid],
      facts: { ...table.facts, parents: [mark(parent.oid)] },
    });
  },
  AT_DropInherit: (context, table) => void change(context, table, { uses: [], facts: { ...table.facts, parents: [] } }),
  AT_SetLogged: (context, table) => void changeFacts(context, table, { persistence: 'p' }),
  AT_SetUnLogged: (context, table) => void changeFacts(context, table, { persistence: 'u' }),
  AT_EnableRowSecurity: (context, table) => void changeFacts(context, table, { rowSecurity: true }),
  AT_DisableRowSecurity: (context, table) => void changeFacts(context, table, { rowSecurity: undefined }),
  AT_ForceRowSecurity: (context, table) => void changeFacts(context, table, { forcesRowSecurity: true }),
  AT_NoForceRowSecurity: (context, table) => void changeFacts(context, table, { forcesRowSecurity: undefined }),
  AT_ChangeOwner: (context, table, { newowner }) =>
    void changeFacts(context, table, { owner: newowner?.rolename ?? newowner?.roletype }),
  AT_SetRelOptions: (context, table, { def }) => void changeFacts(context, table, setOptions(table.facts, def, false)),
  AT_ResetRelOptions: (context, table, { def }) => void changeFacts(context, table, setOptions(table.facts, def, true)),
  AT_ReplicaIdentity: (context, table, { def }) => {
    const isDefault =
      def !== undefined && 'ReplicaIdentityStmt' in def && def.ReplicaIdentityStmt.identity_type === 'd';
    changeFacts(context, table, { replicaIdentity: isDefault ? undefined : plain(context, def) });
  },
  AT_SetTableSpace: (context, table, { name }) => void changeFacts(context, table, { tablespace: name }),
  AT_SetAccessMethod: (context, table, { name }) => void changeFacts(context, table, { accessMethod: name }),
  AT_ClusterOn: (context, table, { name }) => void changeFacts(context, table, { clusteredOn: name }),
  AT_DropCluster: (context, table) => void changeFacts(context, table, { clusteredOn: undefined }),
  AT_SetStatistics: (context, table, command) => setOnColumn(context, table, command, 'statistics'),
  AT_SetStorage: (context, table, command) => setOnColumn(context, table, command, 'storage'),
  AT_SetCompression: (context, table, command) => setOnColumn(context, table, command, 'compression'),
  AT_SetOptions: (context, table, command) => setOnColumn(context, table, command, 'options'),
  AT_ResetOptions: (context, table, { name }) =>
    setOnColumn(context, table, { ...(name !== undefined && { name }) }, 'options'),
  AT_EnableTrig: (context, table, { name }) => setTrigger(context, table, name, undefined),
  AT_EnableAlwaysTrig: (context, table, { name }) => setTrigger(context, table, name, 'always'),
  AT_EnableReplicaTrig: (context, table, { name }) => setTrigger(context, table, name, 'replica'),
  AT_DisableTrig: (context, table, { name }) => setTrigger(context, table, name, 'disabled'),
  AT_EnableTrigAll: (context, table) => setTrigger(context, table, undefined, undefined),
  AT_DisableTrigAll: (context, table) => setTrigger(context, table, undefined, 'disabled'),
  AT_EnableTrigUser: (context, table) => setTrigger(context, table, undefined, undefined),
  AT_DisableTrigUser: (context, table) => setTrigger(context, table, undefined, 'disabled'),
};

const defOf = (node: Node | undefined): ColumnDef => (node && 'ColumnDef' in node ? node.ColumnDef : {});
const plain = (context: Context, node: Node | undefined): string | undefined =>
  node && treeText(node, namesIn(context, emptyScope));

const isKnownMissing = (
  context: Context,
  table: Thing,
  kind: 'column' | 'constraint',
  name: string | undefined,
): boolean =>
  context.catalog.part(kind, table.oid, name ?? '') === undefined && (context.catalog.isComplete || !table.isAssumed);

function constraintOf(context: Context, table: Thing, name: string): Thing {
  const found = context.catalog.part('constraint', table.oid, name);
  if (found) return found;
  if (context.catalog.isComplete) refuse(context, `constraint "${name}" of relation "${table.name}" does not exist`);
  return assume(context, { kind: 'constraint', schema: table.schema, parent: table.oid, name });
}

function setOnColumn(context: Context, table: Thing, { name, def }: AlterTableCmd, fact: string): void {
  changeFacts(context, columnOf(context, table, name ?? ''), { [fact]: plain(context, def) });
}

function setTrigger(context: Context, table: Thing, name: string | undefined, fires: string | undefined): void {
  const triggers = context.catalog.parts(table.oid, 'trigger').filter((one) => name === undefined || one.name === name);
  if (triggers.length === 0 && name !== undefined && context.catalog.isComplete)
    refuse(context, `trigger "${name}" for table "${table.name}" does not exist`);
  for (const trigger of triggers) changeFacts(context, trigger, { fires });
}
