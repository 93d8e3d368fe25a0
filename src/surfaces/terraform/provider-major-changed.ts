import type { Rule } from '../../model/surface.ts';
import type { Configuration } from './configuration.ts';
import { lockedProviders } from './lock-file-removed.ts';

/** The state remembers who wrote it. */
export const providerMajorChanged: Rule<Configuration> = {
  id: 'terraform/provider-major-changed',
  problem:
    'A provider goes to a new major version. It upgrades objects in the state, and the old one refuses to read them.',
  instead: 'Try it on a copy of the state. Archive the state before the first apply; the way back needs it.',
  source: 'https://developer.hashicorp.com/terraform/plugin/framework/resources/state-upgrade',
  examples: {
    matches: [
      {
        before: 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.100.0"\n}\n',
        after: 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "6.2.0"\n}\n',
      },
    ],
    passes: [
      {
        before: 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.99.0"\n}\n',
        after: 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.100.0"\n}\n',
      },
    ],
  },
  *find({ before, after }) {
    const were = lockedProviders(before);
    for (const [name, version] of lockedProviders(after)) {
      const was = were.get(name);
      if (was === undefined || Number.parseInt(version, 10) <= Number.parseInt(was, 10)) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `${name} goes from ${was} to ${version}. Once it has written the state, ${was} may refuse to read it.`,
        at: after?.at ?? { path: '', line: 1, column: 1 },
        closedBy: 'the first apply',
        probe: 'terraform state pull   # has any schema_version gone up?',
      };
    }
  },
};
