import type { PlanValue } from '../plan/plan-value.ts';

export interface Position {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** One argument. What only a run can tell stays as it is written, in `${…}`. */
export interface Argument {
  readonly name: string;
  /** Nothing where the expression is not a constant. */
  readonly value: PlanValue | undefined;
  /** As it is written, without the space between words. */
  readonly text: string;
  readonly at: Position;
}

/** One block: `resource "aws_vpc" "main" { … }` has two labels. */
export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly arguments: ReadonlyMap<string, Argument>;
  readonly blocks: readonly Block[];
  readonly at: Position;
}

/** One file of a configuration, with all blocks of its folder, which are one module to Terraform. */
export interface Configuration {
  readonly blocks: readonly Block[];
  readonly module: readonly Block[];
  readonly isLockFile: boolean;
  readonly at: Position;
}

export const blocksOf = (blocks: readonly Block[] | undefined, type: string): readonly Block[] =>
  blocks?.filter((block) => block.type === type) ?? [];

/** `aws_vpc.main`, `module.network`, `data.aws_ami.base` */
export const addressOf = ({ type, labels }: Block): string =>
  type === 'resource' ? labels.join('.') : [type, ...labels].join('.');

export const byAddress = (blocks: readonly Block[] | undefined, type: string): ReadonlyMap<string, Block> =>
  new Map(blocksOf(blocks, type).map((block) => [addressOf(block), block]));

export const argument = (block: Block | undefined, name: string): PlanValue | undefined =>
  block?.arguments.get(name)?.value;

export const nested = (block: Block | undefined, type: string): Block | undefined => blocksOf(block?.blocks, type)[0];

export const lifecycleArgument = (block: Block | undefined, name: string): Argument | undefined =>
  nested(block, 'lifecycle')?.arguments.get(name);
