import { grantsIn, type Grants } from '../plan/iam-grants.ts';
import { isPlanList, type PlanValue } from '../plan/plan-value.ts';
import { addressOf, argument, blocksOf, nested, type Block, type Position } from './configuration.ts';

export interface PolicyDocument {
  /** `aws_iam_policy.read.policy` */
  readonly name: string;
  readonly grants: Grants;
  readonly at: Position;
}

/** Policies that stand in a configuration: as text, as `jsonencode`, or as a data source. */
export const policyDocuments = (blocks: readonly Block[] | undefined): ReadonlyMap<string, PolicyDocument> =>
  new Map([...written(blocks), ...composed(blocks)].map((one) => [one.name, one]));

const written = (blocks: readonly Block[] | undefined): readonly PolicyDocument[] =>
  blocksOf(blocks, 'resource').flatMap((block) =>
    [block, ...block.blocks].flatMap((part, i) =>
      [...part.arguments.values()].flatMap(({ name, value, at }) => {
        const grants = grantsIn(value);
        return grants ? [{ name: `${addressOf(block)}.${i === 0 ? '' : `${part.type}.`}${name}`, grants, at }] : [];
      }),
    ),
  );

const composed = (blocks: readonly Block[] | undefined): readonly PolicyDocument[] =>
  blocksOf(blocks, 'data')
    .filter(({ labels }) => labels[0] === 'aws_iam_policy_document')
    .flatMap((block) => {
      const statements = blocksOf(block.blocks, 'statement');
      const grants = grantsIn(JSON.stringify({ Statement: statements.map(statementOf) }));
      return grants ? [{ name: addressOf(block), grants, at: block.at }] : [];
    });

function statementOf(block: Block): Readonly<Record<string, unknown>> {
  const keys = {
    actions: 'Action',
    not_actions: 'NotAction',
    resources: 'Resource',
    not_resources: 'NotResource',
  } as const;
  const parts = Object.entries(keys).flatMap(([name, key]) => {
    const list = textsOf(block, name);
    return list ? [[key, list] as const] : [];
  });
  const principals = blocksOf(block.blocks, 'principals').flatMap((one) =>
    (textsOf(one, 'identifiers') ?? []).map(
      (identifier) => `${one.arguments.get('type')?.text.replaceAll('"', '') ?? ''} ${identifier}`,
    ),
  );
  const conditions = blocksOf(block.blocks, 'condition').map((one) =>
    [...one.arguments.values()].map(({ name, text }) => `${name}=${text}`),
  );
  return {
    Effect: argument(block, 'effect') ?? 'Allow',
    ...Object.fromEntries(parts),
    ...(principals.length > 0 && { Principal: principals.map((one) => (one === '* *' ? '*' : one)) }),
    ...(conditions.length > 0 && { Condition: conditions }),
    ...(nested(block, 'dynamic') && { Condition: 'dynamic' }),
  };
}

/** Also an expression, as it is written: it can be compared with itself. */
function textsOf(block: Block, name: string): readonly string[] | undefined {
  const found = block.arguments.get(name);
  if (!found) return undefined;
  const value: PlanValue | undefined = found.value;
  return isPlanList(value) ? value.map(String) : [found.text];
}
