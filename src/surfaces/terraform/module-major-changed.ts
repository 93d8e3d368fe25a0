import type { Rule } from '../../model/surface.ts';
import { byAddress, type Configuration } from './configuration.ts';
import { majorOf, moduleSource, sourceName } from './module-source.ts';

/** Majors rename what is inside; the moved blocks lead one way. */
export const moduleMajorChanged: Rule<Configuration> = {
  id: 'terraform/module-major-changed',
  problem:
    'A module changes its major version. Addresses inside it move, and moved blocks lead only from the old to the new.',
  instead: 'Read the plan of the old version against the new state before the apply; that is the way back.',
  source: 'https://developer.hashicorp.com/terraform/language/modules/develop/refactoring',
  examples: {
    matches: [
      {
        before: 'module "v" {\n  source  = "terraform-aws-modules/vpc/aws"\n  version = "4.0.1"\n}\n',
        after: 'module "v" {\n  source  = "terraform-aws-modules/vpc/aws"\n  version = "5.0.0"\n}\n',
      },
    ],
    passes: [
      {
        before: 'module "v" {\n  source  = "terraform-aws-modules/vpc/aws"\n  version = "5.0.0"\n}\n',
        after: 'module "v" {\n  source  = "terraform-aws-modules/vpc/aws"\n  version = "5.1.0"\n}\n',
      },
    ],
  },
  *find({ before, after }) {
    const were = byAddress(before?.module, 'module');
    for (const [address, block] of byAddress(after?.blocks, 'module')) {
      const was = were.get(address);
      if (!was) continue;
      const [old, now] = [moduleSource(was), moduleSource(block)];
      const [from, to] = [majorOf(old), majorOf(now)];
      if (from === undefined || to === undefined || from === to || sourceName(old) !== sourceName(now)) continue;
      yield {
        class: 'reversible-with-manual-repair',
        message: `${address} goes from major version ${from} to ${to}. What moves inside it does not move back by itself.`,
        at: (block.arguments.get('version') ?? block.arguments.get('source'))?.at ?? block.at,
        probe: 'terraform plan   # of the old version, against the new state',
      };
    }
  },
};
