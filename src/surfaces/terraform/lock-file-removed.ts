import type { Rule } from '../../model/surface.ts';
import type { Configuration } from './configuration.ts';

/** The examples are read as configurations, so the lock file of each is what stands in it. */
export const lockFileRemoved: Rule<Configuration> = {
  id: 'terraform/lock-file-removed',
  problem:
    'Providers are taken out of the lock file, or it is removed: the next init takes the newest that is allowed.',
  instead: 'Keep .terraform.lock.hcl, and change it with `terraform init -upgrade` only.',
  source: 'https://developer.hashicorp.com/terraform/language/files/dependency-lock',
  examples: {
    matches: [{ before: 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.100.0"\n}\n', after: '' }],
    passes: [
      {
        before: 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.99.0"\n}\n',
        after: 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.100.0"\n}\n',
      },
    ],
  },
  *find({ before, after }) {
    const are = lockedProviders(after);
    const gone = [...lockedProviders(before).keys()].filter((name) => !are.has(name));
    const at = (after ?? before)?.at;
    if (gone.length === 0 || !at) return;
    yield {
      class: 'reversible-with-manual-repair',
      message: `${gone.join(', ')} is no longer locked. The next init takes the newest version that is allowed, and a revert brings the lock back, not the state.`,
      at,
      closedBy: 'the first apply with a newer version',
    };
  },
};

/** A locked provider is named by its full address, which no provider block of a configuration is. */
export const lockedProviders = (file: Configuration | undefined): ReadonlyMap<string, string> =>
  new Map(
    file?.blocks.flatMap(({ type, labels, arguments: args }) => {
      const [name = ''] = labels;
      const version = args.get('version')?.value;
      return type === 'provider' && name.split('/').length === 3 && typeof version === 'string'
        ? [[name, version]]
        : [];
    }),
  );
