import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { addedIn } from '../manifest-changes.ts';
import { titleOf, type Manifest } from '../manifest.ts';
import { pairsOf, type ManifestFile } from '../manifests.ts';

/** What a new name costs, by what the object holds. Kinds not named here lose nothing but time. */
const costs: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: 'the new claim is empty, and the old one goes with its volume',
  StatefulSet: 'its claims carry the old name, so the new one begins empty',
  Service: 'the old DNS name stops resolving, and the address is another one',
  Namespace: 'everything in the old one is deleted',
  Secret: 'whatever names the old one does not start again',
  ConfigMap: 'whatever names the old one does not start again',
  Deployment: 'the old pods are stopped while the new ones start, in no certain order',
  DaemonSet: 'old and new pods contend for the same node',
  CustomResourceDefinition: 'every object of the old kind is deleted',
};
const holdsData = new Set(['PersistentVolumeClaim', 'StatefulSet', 'Namespace', 'CustomResourceDefinition']);
const service = (name: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n`;

export const renamed: Rule<ManifestFile> = {
  id: 'kubernetes/renamed',
  problem:
    'An object gets another name or namespace. A cluster knows no renaming: the old one is deleted, a new one is made.',
  instead: 'Create the new one first, move its users and its data, and delete the old one in a later change.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  examples: {
    matches: [{ before: service('web'), after: service('shop') }],
    passes: [{ before: service('web'), after: service('web') + '---\n' + service('shop') }],
  },
  *find(change) {
    const gone = pairsOf(change).flatMap(({ before, after }) => (before && !after ? [before] : []));
    for (const added of addedIn(change)) {
      const cost = costs[added.kind];
      const old = cost === undefined ? undefined : gone.find((one) => isTheSameButForItsName(one, added));
      if (!old) continue;
      const isData = holdsData.has(added.kind);
      yield {
        class: isData ? 'non-recoverable-without-restore' : 'reversible-with-compatibility-window',
        message: `${titleOf(old)} becomes ${titleOf(added)}: the old one is deleted and a new one is made; ${cost ?? ''}.`,
        instead: 'Keep both until everything has moved, then delete the old one by itself.',
        ...(!isData && { inverse: 'apply the previous manifest, then delete the new object' }),
        closedBy: 'the old object is deleted',
        at: added.at('metadata', 'name'),
      };
    }
  },
};

function isTheSameButForItsName(one: Manifest, other: Manifest): boolean {
  if (one.kind !== other.kind || one.group !== other.group) return false;
  if (one.kind === 'Namespace') return true;
  const body = ({ value }: Manifest) =>
    Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'metadata' && key !== 'apiVersion'));
  return one.name === other.name || isSame(body(one), body(other));
}
