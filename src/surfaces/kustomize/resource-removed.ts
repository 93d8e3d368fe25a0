import type { Rule } from '../../model/surface.ts';
import { entriesOf, filesUnder, isKustomization, type KustomizationFile, resolved } from './kustomization-file.ts';
import { remoteBasesOf } from './remote-base.ts';

export const resourceRemoved: Rule<KustomizationFile> = {
  id: 'kustomize/resource-removed',
  problem:
    'Something is no longer taken in. Whoever prunes deletes all it brought, volume claims with their data included; nothing in the diff shows what that is.',
  instead: 'Build both versions and read what disappears before the merge.',
  source: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',
  examples: {
    matches: [{ before: 'resources: [a.yaml, ../database]\n', after: 'resources: [a.yaml]\n' }],
    passes: [{ before: 'resources: [a.yaml]\n', after: 'resources: [./a.yaml, b.yaml]\n' }],
  },
  *find({ before, after }) {
    if (!before || !after) return;
    const now = new Set(entriesOf(after).map(({ text }) => resolved(after, text)));
    const elsewhere = entriesElsewhere(after);
    const remote = new Set(remoteBasesOf(after).map(({ repository }) => repository));
    const still = new Set(
      remoteBasesOf(before)
        .filter(({ repository }) => remote.has(repository))
        .map(({ text }) => text),
    );
    const removed = entriesOf(before).filter(({ text }) => {
      const path = resolved(before, text);
      const touched = filesUnder(before, path);
      // What is deleted or moved with it in this change is said where it stood.
      const isTold = touched.some((file) => file.after === undefined);
      return !now.has(path) && !still.has(text) && !isTold && !elsewhere.has(tailOf(text));
    });
    const [first] = removed;
    if (!first) return;
    const names = removed.map(({ text }) => text);
    yield {
      class: 'reversible-with-manual-repair',
      message: `No longer taken in: ${names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${String(names.length - 3)} more` : names.join(', ')}. Where it is pruned, all it brought is deleted; a volume claim comes back empty.`,
      instead: 'Compare both builds; protect what holds data from pruning first.',
      probe: 'kustomize build <folder> | kubectl diff -f -',
      closedBy: 'it is pruned',
      at: after.at(String(first.steps[0])),
    };
  },
};

/** `./web/ks.yaml` and `apps/web/ks.yaml` may be one thing that is listed elsewhere now. */
const tailOf = (text: string): string => text.split('/').slice(-2).join('/');

/** What other files of the change take in and did not before. */
const entriesElsewhere = (file: KustomizationFile): ReadonlySet<string> =>
  new Set(
    file.change
      .filter(({ path, after }) => path !== file.path && after !== undefined && isKustomization(path, after))
      .flatMap(({ before, after }) => {
        const old = new Set(before?.split('\n').map((line) => line.trim()));
        const added = after?.split('\n').filter((line) => !old.has(line.trim())) ?? [];
        return added.flatMap((line) => /^\s*-\s*["']?([^\s"'#]+)/.exec(line)?.[1] ?? []).map(tailOf);
      }),
  );
