import type { Rule } from '../../model/surface.ts';
import { asText } from '../manifest.ts';
import { filesBeside, type KustomizationFile } from './kustomization-file.ts';

const fields = { namePrefix: 'name', nameSuffix: 'name', namespace: 'namespace' } as const;

export const namesChanged: Rule<KustomizationFile> = {
  id: 'kustomize/names-changed',
  problem:
    'A prefix, a suffix or a namespace changes for everything that is built: all objects are made anew under another name, and the old ones are pruned, volume claims included, or left behind.',
  instead: 'Make a second overlay, move the data and the traffic, then remove the first.',
  source: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/namespace/',
  examples: {
    matches: [
      { before: 'namePrefix: a-\nresources: [x.yaml]\n', after: 'namePrefix: b-\nresources: [x.yaml]\n' },
      { before: 'namespace: a\nresources: [x.yaml]\n', after: 'namespace: b\nresources: [x.yaml]\n' },
    ],
    passes: [{ before: 'namespace: a\nresources: [x.yaml]\n', after: 'namespace: a\nresources: [x.yaml, y.yaml]\n' }],
  },
  *find({ before, after }) {
    if (!before || !after) return;
    for (const [field, what] of Object.entries(fields)) {
      const [then, now] = [before, after].map((file) => asText(file.field(field)) ?? '');
      if (then === now || (field === 'namespace' && isWrittenThereBefore(after, now ?? '', then ?? ''))) continue;
      yield {
        class: 'reversible-with-manual-repair',
        message: `${field} changes from ${quoted(then)} to ${quoted(now)}: everything built here gets another ${what}, starts empty there, and the old objects are pruned or left behind.`,
        instead: 'Make a second overlay, move data and traffic, then remove the first.',
        probe: 'kubectl get pvc -A',
        closedBy: 'the old objects are pruned',
        at: after.at(field),
      };
    }
  },
};

const quoted = (text: string | undefined): string => (text === undefined || text === '' ? 'none' : `"${text}"`);

/** The namespace only moved between the manifests and the file that lists them. */
function isWrittenThereBefore(file: KustomizationFile, now: string, then: string): boolean {
  const name = now === '' ? then : now;
  if ((now !== '' && then !== '') || !/^[a-z0-9-]+$/.test(name)) return false;
  const line = new RegExp(`^\\s+namespace:\\s*["']?${name}["']?\\s*$`, 'm');
  return filesBeside(file).some(({ path, before, after }) => {
    const [had, has] = [line.test(before ?? ''), line.test(after ?? '')];
    return path !== file.path && (now === '' ? !had && has : had && !has);
  });
}
