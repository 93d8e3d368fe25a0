import type { Rule } from '../../model/surface.ts';
import { names } from '../plan/said.ts';
import { exampleState } from './example-state.ts';
import type { StateFile } from './state-file.ts';

/** A provider refuses objects that a newer one has written. */
export const schemaUpgraded: Rule<StateFile> = {
  id: 'state/schema-upgraded',
  problem:
    'A newer provider has written the state. The version before refuses to read these objects, so it cannot be pinned again.',
  instead:
    'Go forward with the new provider. To go back, take the objects out of the state and import them with the old one.',
  source: 'https://developer.hashicorp.com/terraform/plugin/framework/resources/state-upgrade',
  examples: {
    matches: [
      {
        before: exampleState(3, [{ type: 'aws_eks_cluster', schemaVersion: 1 }]),
        after: exampleState(4, [{ type: 'aws_eks_cluster', schemaVersion: 2 }]),
      },
    ],
    passes: [
      {
        before: exampleState(3, [{ type: 'aws_eks_cluster', schemaVersion: 1 }]),
        after: exampleState(4, [{ type: 'aws_eks_cluster', schemaVersion: 1 }]),
      },
    ],
  },
  *find({ before, after }) {
    if (!before || !after) return;
    const upgraded = [...after.objects.values()].filter(
      ({ address, schemaVersion }) => schemaVersion > (before.objects.get(address)?.schemaVersion ?? Infinity),
    );
    const [first] = upgraded;
    if (!first) return;
    yield {
      class: 'reversible-with-manual-repair',
      message: `${names(upgraded.map(({ address }) => address))}: the schema version goes up. The provider of before refuses what a newer one has written.`,
      at: first.at,
    };
  },
};
