import type { ParsedVersion } from './manifest-versions.ts';
import type { Manifest, ManifestPair } from './manifest.ts';

interface Parsed {
  readonly path: string;
  readonly before?: ParsedVersion;
  readonly after?: ParsedVersion;
}

/** The same object, wherever it stands: where it is written without a namespace, whoever applies it adds one. */
const keyOf = ({ group, kind, name }: Manifest): string => `${group}\n${kind}\n${name}`;
const isOneObject = (a: Manifest, b: Manifest): boolean => a.name !== '' && keyOf(a) === keyOf(b);
const identities = [
  (a: Manifest, b: Manifest) => isOneObject(a, b) && a.namespace === b.namespace,
  (a: Manifest, b: Manifest) => isOneObject(a, b) && (a.namespace === '' || b.namespace === ''),
];

/** Every object with what it was: first within its file, then, where it was moved, in the other files of the change. */
export function pairedManifests(files: readonly Parsed[]): ReadonlyMap<string, readonly ManifestPair[]> {
  const pairs = new Map<string, ManifestPair[]>(files.map(({ path }) => [path, []]));
  const gone = new Map<string, Manifest[]>();
  const added: Manifest[] = [];
  for (const file of files) {
    const left = new Map<string, Manifest[]>();
    for (const one of file.before?.manifests ?? []) append(left, keyOf(one), one);
    for (const one of pairUp(left, file.after?.manifests ?? [], pairs)) added.push(one);
    for (const rest of left.values()) for (const one of rest) append(gone, keyOf(one), one);
  }
  for (const after of pairUp(gone, added, pairs)) append(pairs, after.path, { after });
  for (const rest of gone.values()) for (const before of rest) append(pairs, before.path, { before });
  return pairs;
}

/** Takes from `left` what becomes a pair. Returns those for which there was nothing. */
function pairUp(
  left: Map<string, Manifest[]>,
  all: readonly Manifest[],
  pairs: Map<string, ManifestPair[]>,
): readonly Manifest[] {
  let open = all;
  for (const isSameObject of identities) {
    open = open.filter((after) => {
      const candidates = left.get(keyOf(after)) ?? [];
      const at = candidates.findIndex((before) => isSameObject(before, after));
      const [before] = at === -1 ? [] : candidates.splice(at, 1);
      if (before) append(pairs, after.path, { before, after });
      return !before;
    });
  }
  return open;
}

function append<Item>(to: Map<string, Item[]>, key: string, item: Item): void {
  const list = to.get(key);
  if (list) list.push(item);
  else to.set(key, [item]);
}
