import type { Rule } from '../../model/surface.ts';
import { isPlanObject, type PlanValue } from '../plan/plan-value.ts';
import { blocksOf, nested, type Argument, type Block, type Configuration } from './configuration.ts';

/** Open upwards: without a version, or with a lowest one only. */
const isOpen = (constraint: string | undefined): boolean =>
  constraint === undefined || (/>/.test(constraint) && !/~>|<|(^|,)\s*=?\s*\d/.test(constraint));

function constraintOf(value: PlanValue | undefined): string | undefined {
  const version = isPlanObject(value) ? value['version'] : value;
  return typeof version === 'string' ? version : undefined;
}

/** What runs is decided by the day of the init. */
export const providersUnpinned: Rule<Configuration> = {
  id: 'terraform/providers-unpinned',
  problem:
    'Terraform or a provider has no upper version. A newer one writes the state so that the older one refuses to read it.',
  instead: 'Bound it (`~> 5.100`), and commit .terraform.lock.hcl.',
  source: 'https://developer.hashicorp.com/terraform/language/providers/requirements',
  examples: {
    matches: [
      'terraform {\n  backend "s3" {}\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n',
      'terraform {\n  backend "s3" {}\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = ">= 5.0"\n    }\n  }\n}\n',
    ],
    passes: [
      'terraform {\n  backend "s3" {}\n  required_version = "~> 1.11"\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "~> 5.100"\n    }\n  }\n}\n',
      'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = ">= 5.0"\n    }\n  }\n}\n',
    ],
  },
  *find({ before, after }) {
    // a module for others says the lowest version and no more; the root decides
    if (!after || !isRoot(after.module)) return;
    const were = new Map(requirements(before?.module).map(({ name, text }) => [name, text]));
    for (const { name, text, value, at } of requirements(after.blocks)) {
      const constraint = constraintOf(value);
      if (value === undefined || !isOpen(constraint) || were.get(name) === text) continue;
      yield {
        class: 'reversible-with-compatibility-window',
        message: `${name === 'required_version' ? 'Terraform' : `The provider ${name}`} has no upper version: ${constraint ?? 'none is named'}. What an init takes depends on the day.`,
        at,
        closedBy: 'the first apply with a newer version',
      };
    }
  },
};

const isRoot = (module: readonly Block[]): boolean =>
  blocksOf(module, 'provider').length > 0 ||
  blocksOf(module, 'terraform').some((block) => nested(block, 'backend') ?? nested(block, 'cloud'));

const requirements = (blocks: readonly Block[] | undefined): readonly Argument[] =>
  blocksOf(blocks, 'terraform').flatMap((block) => [
    ...[block.arguments.get('required_version')].filter((one) => one !== undefined),
    ...(nested(block, 'required_providers')?.arguments.values() ?? []),
  ]);
