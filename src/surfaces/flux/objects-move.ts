import type { Json } from '../../model/json.ts';
import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asText, fieldAt, titleOf } from '../manifest.ts';
import { changedOf, docs, type FluxFile } from './flux-object.ts';

const fields = {
  path: 'reads another folder',
  sourceRef: 'reads another source',
  targetNamespace: 'puts its objects into another namespace',
  namePrefix: 'gives all its objects other names',
  nameSuffix: 'gives all its objects other names',
} as const;

export const objectsMove: Rule<FluxFile> = {
  id: 'flux/objects-move',
  problem:
    'A Kustomization reads another place, or applies to another. What is no longer found under the same name is deleted when `prune` is on, and made anew elsewhere without its data.',
  instead: 'Move files and path in one commit, and compare `flux diff kustomization` before the merge.',
  source: docs.kustomization,
  examples: {
    matches: [
      { before: kustomization('path: ./apps'), after: kustomization('path: ./production') },
      { before: kustomization('targetNamespace: a'), after: kustomization('targetNamespace: b') },
    ],
    passes: [{ before: kustomization('path: ./apps'), after: kustomization('path: apps/') }],
  },
  *find(change) {
    for (const { before, after } of changedOf(change, 'Kustomization')) {
      const moved = Object.entries(fields).filter(
        ([field]) => !isSame(plain(before.field('spec', field)), plain(after.field('spec', field))),
      );
      const [first] = moved;
      if (!first) continue;
      const [field, what] = first;
      const isPruned = after.field('spec', 'prune') === true;
      const isRenamed = moved.some(([one]) => one !== 'path' && one !== 'sourceRef');
      const why = isPruned
        ? 'deletes what it no longer finds there, volume claims included'
        : 'leaves behind what it no longer finds there, and nothing deletes it';
      yield {
        class: isPruned || isRenamed ? 'reversible-with-manual-repair' : 'fully-reversible',
        message: `${titleOf(after)} ${what}${fromTo(before.field('spec', field), after.field('spec', field))} and ${why}.`,
        instead:
          'Compare what both places render; keep volume claims with `kustomize.toolkit.fluxcd.io/prune: disabled`.',
        probe: `flux diff kustomization ${after.name} --path <new path>`,
        ...(isPruned && { closedBy: 'Flux reconciles and prunes' }),
        at: after.at('spec', field),
      };
    }
  },
};

const fromTo = (before: Json | undefined, after: Json | undefined): string => {
  const [then, now] = [before, after].map((one) => asText(one) ?? asText(fieldAt(one, ['name'])));
  return then !== undefined && now !== undefined && then !== now ? ` (${then} → ${now})` : '';
};

/** `./apps/` and `apps` are one folder. */
const plain = <T>(value: T): T | string =>
  typeof value === 'string' ? value.replace(/^\.\//, '').replace(/\/$/, '') : value;

function kustomization(line: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps}
spec:
  prune: true
  ${line}
  sourceRef: {kind: GitRepository, name: flux-system}
`;
}
