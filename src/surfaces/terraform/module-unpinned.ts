import type { Rule, RuleFinding } from '../../model/surface.ts';
import { byAddress, type Block, type Configuration } from './configuration.ts';
import { moduleSource, type Pin } from './module-source.ts';

type Judged = Pick<RuleFinding, 'class' | 'closedBy'> & { readonly words: string };

const judgements: Readonly<Partial<Record<Pin, Judged>>> = {
  none: { class: 'reversible-with-manual-repair', words: 'says no version, so each init takes the newest' },
  branch: {
    class: 'reversible-with-manual-repair',
    words: 'follows a branch, so each init takes what stands there then',
  },
  unknown: { class: 'reversible-with-manual-repair', words: 'has a source that is only known when it is run' },
  range: {
    class: 'reversible-with-compatibility-window',
    words: 'takes the newest of a range of versions, and the lock file does not lock modules',
    closedBy: 'the next release in the range',
  },
};

/** The old commit then means other code than it did. */
export const moduleUnpinned: Rule<Configuration> = {
  id: 'terraform/module-unpinned',
  problem: 'A module is not pinned. Reverting the commit does not bring back the code that ran before.',
  instead: 'Name one version, or the commit by its hash: `version = "5.8.1"`, `?ref=<40 hex digits>`.',
  source: 'https://developer.hashicorp.com/terraform/language/modules/configuration',
  examples: {
    matches: [
      'module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n',
      'module "vpc" {\n  source  = "terraform-aws-modules/vpc/aws"\n  version = "~> 5.0"\n}\n',
      'module "vpc" {\n  source = "git::https://example.com/vpc.git?ref=main"\n}\n',
    ],
    passes: [
      'module "vpc" {\n  source  = "terraform-aws-modules/vpc/aws"\n  version = "5.8.1"\n}\n',
      'module "vpc" {\n  source = "git::https://example.com/vpc.git?ref=51d462976d84fdea54b47d80dcabbf680badcdb8"\n}\n',
      'module "vpc" {\n  source = "../vpc"\n}\n',
    ],
  },
  *find({ before, after }) {
    const were = byAddress(before?.module, 'module');
    for (const [address, block] of byAddress(after?.blocks, 'module')) {
      const judged = judgements[moduleSource(block).pin];
      const was = were.get(address);
      if (!judged || (was && isSameCall(was, block))) continue;
      const { words, ...more } = judged;
      yield {
        ...more,
        message: `${address} ${words}. Reverting may bring other code than what ran before.`,
        at: block.arguments.get('source')?.at ?? block.at,
      };
    }
  },
};

const isSameCall = (a: Block, b: Block): boolean =>
  ['source', 'version'].every((name) => a.arguments.get(name)?.text === b.arguments.get(name)?.text);
