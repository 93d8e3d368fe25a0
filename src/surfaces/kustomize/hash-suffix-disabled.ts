import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asList, asText, fieldAt } from '../manifest.ts';
import type { KustomizationFile } from './kustomization-file.ts';

const lists = ['configMapGenerator', 'secretGenerator'] as const;

export const hashSuffixDisabled: Rule<KustomizationFile> = {
  id: 'kustomize/hash-suffix-disabled',
  problem:
    'A generated ConfigMap or Secret keeps its name when its content changes: no pod is restarted, neither by the change nor by its revert, and old pods read new content.',
  instead: 'Keep the hash: then each version has its own object, and a revert restarts the pods.',
  source: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/generatoroptions/',
  examples: {
    matches: [
      {
        before: 'configMapGenerator: [{name: a, files: [x]}]\n',
        after: 'configMapGenerator: [{name: a, files: [x]}]\ngeneratorOptions: {disableNameSuffixHash: true}\n',
      },
      {
        before: 'configMapGenerator: [{name: a, literals: [x=1], options: {disableNameSuffixHash: true}}]\n',
        after: 'configMapGenerator: [{name: a, literals: [x=2], options: {disableNameSuffixHash: true}}]\n',
      },
    ],
    passes: [
      {
        before: 'configMapGenerator: [{name: a, literals: [x=1]}]\n',
        after: 'configMapGenerator: [{name: a, literals: [x=2]}]\n',
      },
    ],
  },
  *find({ before, after }) {
    if (!after) return;
    for (const list of lists)
      for (const [index, generator] of asList(after.field(list)).entries()) {
        const name = asText(fieldAt(generator, ['name']));
        const same = asList(before?.field(list)).find((one) => asText(fieldAt(one, ['name'])) === name);
        const wasFixed = before !== undefined && isFixed(before, same);
        if (!isFixed(after, generator) || !before || same === undefined || (wasFixed && isSame(same, generator)))
          continue;
        yield {
          class: 'fully-reversible',
          message: `${list === 'secretGenerator' ? 'Secret' : 'ConfigMap'} ${name ?? '?'} keeps its name whatever it holds: no pod restarts, after this change or after its revert.`,
          instead: 'Restart the pods yourself after the change and after a revert, or keep the hash.',
          inverse: 'kubectl rollout restart <workload>',
          at: after.at(list, index),
        };
      }
  },
};

const isFixed = (file: KustomizationFile, generator: Parameters<typeof fieldAt>[0]): boolean =>
  (fieldAt(generator, ['options', 'disableNameSuffixHash']) ??
    file.field('generatorOptions', 'disableNameSuffixHash')) === true;
