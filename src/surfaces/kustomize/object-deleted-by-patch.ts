import type { Json } from '../../model/json.ts';
import type { Rule } from '../../model/surface.ts';
import { asList, asText, fieldAt } from '../manifest.ts';
import type { KustomizationFile } from './kustomization-file.ts';

/** In the first column it takes the whole object away; further in, a part of it. */
const deletes = /^\$patch:\s*["']?delete["']?\s*$/m;

export const objectDeletedByPatch: Rule<KustomizationFile> = {
  id: 'kustomize/object-deleted-by-patch',
  problem: 'A patch takes an object out of what is built. Whoever prunes deletes it, with the data it holds.',
  instead: 'Build both versions and read what disappears before the merge.',
  source: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',
  examples: {
    matches: [
      {
        before: 'patches: []\n',
        after: 'patches:\n- patch: |\n    kind: StatefulSet\n    metadata:\n      name: database\n    $patch: delete\n',
      },
    ],
    passes: [
      'patches:\n- patch: |\n    kind: StatefulSet\n    metadata:\n      name: database\n    $patch: delete\n',
      {
        before: 'patches: []\n',
        after:
          'patches:\n- patch: |\n    kind: Deployment\n    metadata:\n      name: web\n    spec:\n      $patch: delete\n',
      },
      {
        before: 'patchesStrategicMerge:\n- |\n    kind: Service\n    metadata:\n      name: web\n    $patch: delete\n',
        after: 'patches:\n- patch: |\n    kind: Service\n    metadata:\n      name: web\n    $patch: delete\n',
      },
    ],
  },
  *find({ before, after }) {
    if (!before || !after) return;
    const old = new Set(deletedBy(before).map(({ name }) => name));
    const added = deletedBy(after).filter(({ name }) => !old.has(name));
    const [first] = added;
    if (!first) return;
    const names = added.map(({ name }) => name);
    yield {
      class: 'reversible-with-manual-repair',
      message: `A patch deletes ${names.join(', ')} from what is built: where it is pruned, a revert makes it anew, without its data.`,
      instead: 'Protect what holds data from pruning first.',
      probe: 'kustomize build <folder> | kubectl diff -f -',
      closedBy: 'it is pruned',
      at: after.at(...first.steps),
    };
  },
};

interface Deleted {
  readonly name: string;
  readonly steps: readonly (string | number)[];
}

const deletedBy = (file: KustomizationFile): readonly Deleted[] =>
  ['patches', 'patchesStrategicMerge'].flatMap((list) =>
    asList(file.field(list)).flatMap((patch: Json, index) => {
      const text = asText(patch) ?? asText(fieldAt(patch, ['patch'])) ?? '';
      if (!deletes.test(text)) return [];
      const [kind, name] = [/^kind:\s*(\S+)/m, /^ +name:\s*(\S+)/m].map((one) => one.exec(text)?.[1]);
      return [{ name: `${kind ?? 'an object'} ${name ?? ''}`.trim(), steps: [list, index] }];
    }),
  );
