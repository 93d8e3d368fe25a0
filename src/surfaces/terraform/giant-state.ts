import type { Rule } from '../../model/surface.ts';
import { blocksOf, nested, type Block, type Configuration } from './configuration.ts';

/** Blocks of resources and modules in one root. */
const many = 120;
/** Providers in one root, and blocks from which on that is a sign of unrelated things. */
const manyProviders = 5;
const some = 40;

/** One state is one lock, one plan and one way back for all that is in it. */
export const giantState: Rule<Configuration> = {
  id: 'terraform/giant-state',
  problem:
    'One root holds very many or unrelated resources. A revert of one part waits for, plans and may break all others.',
  instead: 'Cut it where owners and rates of change differ: one root for each.',
  source: 'https://developer.hashicorp.com/terraform/cloud-docs/recommended-practices/part1',
  examples: {
    matches: [
      `terraform {\n  backend "s3" {}\n}\n${resources(130, ['aws'])}`,
      `terraform {\n  backend "s3" {}\n}\n${resources(50, ['aws', 'google', 'azurerm', 'github', 'datadog'])}`,
    ],
    passes: [`terraform {\n  backend "s3" {}\n}\n${resources(30, ['aws', 'random', 'tls', 'null', 'archive'])}`],
  },
  *find({ before, after }) {
    const root = blocksOf(after?.blocks, 'terraform').find(
      (block) => nested(block, 'backend') ?? nested(block, 'cloud'),
    );
    if (!after || !root || isGiant(before?.module)) return;
    const size = sizeOf(after.module);
    if (!isGiant(after.module)) return;
    yield {
      class: 'fully-reversible',
      message: `This root has ${size.blocks} blocks of ${size.providers} providers in one state: what is reverted for one is planned for all.`,
      at: root.at,
    };
  },
};

/** Providers that hold nothing of their own. */
const helpers = new Set([
  'random',
  'tls',
  'null',
  'local',
  'archive',
  'time',
  'terraform',
  'external',
  'http',
  'template',
]);

function sizeOf(module: readonly Block[]): { readonly blocks: number; readonly providers: number } {
  const blocks = module.filter(({ type }) => type === 'resource' || type === 'module');
  const providers = blocksOf(module, 'resource').map(({ labels }) => (labels[0] ?? '').split('_')[0] ?? '');
  return { blocks: blocks.length, providers: new Set(providers.filter((name) => !helpers.has(name))).size };
}

function isGiant(module: readonly Block[] | undefined): boolean {
  const { blocks, providers } = sizeOf(module ?? []);
  return blocks >= many || (providers >= manyProviders && blocks >= some);
}

function resources(number: number, providers: readonly string[]): string {
  return Array.from(
    { length: number },
    (_, i) => `resource "${providers[i % providers.length]}_thing" "t${i}" {\n}\n`,
  ).join('');
}
