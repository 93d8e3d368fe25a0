import type { AttributeChange } from '../plan/attribute-changes.ts';
import { destroyFact } from '../plan/destroy-facts.ts';
import { isSameValue } from '../plan/plan-value.ts';
import { byAddress, type Argument, type Block, type Configuration } from './configuration.ts';

interface Change {
  readonly before?: Configuration;
  readonly after?: Configuration;
}

/** A resource that stands in this file now and stood in the module before. */
export interface ChangedResource {
  readonly address: string;
  readonly type: string;
  readonly before: Block;
  readonly after: Block;
}

export function changedResources({ before, after }: Change): readonly ChangedResource[] {
  const were = byAddress(before?.module, 'resource');
  return [...byAddress(after?.blocks, 'resource')].flatMap(([address, block]) => {
    const was = were.get(address);
    return was ? [{ address, type: block.labels[0] ?? '', before: was, after: block }] : [];
  });
}

/** Resources of this file that the module has no more. */
export function removedResources({ before, after }: Change): readonly Block[] {
  const are = byAddress(after?.module, 'resource');
  return [...byAddress(before?.blocks, 'resource')].flatMap(([address, block]) => (are.has(address) ? [] : [block]));
}

/** Resources of this file that the module did not have; nothing where there is no version before. */
export function addedResources({ before, after }: Change): readonly Block[] {
  const were = byAddress(before?.module, 'resource');
  return [...byAddress(after?.blocks, 'resource')].flatMap(([address, block]) => (were.has(address) ? [] : [block]));
}

export type ChangedArgument = AttributeChange & { readonly argument: Argument };

/** Arguments that differ and are constants on both sides, with those of inner blocks: `backup.retention`. */
export function changedArguments(before: Block, after: Block, prefix = ''): readonly ChangedArgument[] {
  const found: ChangedArgument[] = [];
  for (const name of new Set([...before.arguments.keys(), ...after.arguments.keys()])) {
    const [was, is] = [before.arguments.get(name), after.arguments.get(name)];
    const shown = is ?? was;
    if (!shown || was?.text === is?.text || !isConstant(was) || !isConstant(is)) continue;
    if (isSameValue(was?.value, is?.value)) continue;
    const sides = { before: was?.value, after: is?.value, isUnknown: false, isSensitive: false };
    found.push({ path: `${prefix}${name}`, ...sides, argument: is ?? { ...shown, at: after.at } });
  }
  for (const inner of after.blocks) {
    const others = before.blocks.filter(({ type }) => type === inner.type);
    const [was] = others;
    const isOnly = after.blocks.filter(({ type }) => type === inner.type).length === 1;
    if (was && others.length === 1 && isOnly) found.push(...changedArguments(was, inner, `${prefix}${inner.type}.`));
  }
  return found;
}

const isConstant = (one: Argument | undefined): boolean => one === undefined || one.value !== undefined;

const holdsData =
  /_(database|db|bucket|volume|disk|table|dataset|file_system|filesystem|vault|secret|queue|stream|snapshot|backup|repository|user_pool)$/;

/** Whether what stands behind the block holds data; by its name, where nothing verified is known of the type. */
export const holdsDataByType = (type: string): boolean => {
  const fact = destroyFact(type);
  return fact ? fact.class === 'non-recoverable-without-restore' : holdsData.test(type);
};

/** What the blocks say of themselves in an address: `aws_vpc.main[0]` → `aws_vpc.main` */
const withoutKey = (address: string): string => address.replaceAll(/\[[^\]]*\]/g, '');

/** Addresses that the module moves from, imports to or lets go of, without keys. */
export function named(
  blocks: readonly Block[] | undefined,
  type: 'moved' | 'removed' | 'import',
  argumentName: string,
): ReadonlySet<string> {
  const all = (blocks ?? []).filter((block) => block.type === type);
  return new Set(all.map((block) => withoutKey(block.arguments.get(argumentName)?.text.replaceAll('"', '') ?? '')));
}
