import { isSame } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asList, asText, fieldAt } from '../manifest.ts';
import type { SecretFile } from './secret-file.ts';

export const externalReferenceMoved: Rule<SecretFile> = {
  id: 'secret/external-reference-moved',
  problem:
    'The secret is fetched from another place or in another version. A revert fetches from the old place what is there then, if it is still there; it does not bring back the value of that time.',
  instead: 'Pin the version at the provider, and keep the old one until the window to go back is over.',
  source: 'https://external-secrets.io/latest/api/externalsecret/',
  examples: {
    matches: [
      {
        before: externalSecret('data: [{secretKey: a, remoteRef: {key: old}}]'),
        after: externalSecret('data: [{secretKey: a, remoteRef: {key: new}}]'),
      },
      { before: externalSecret('secretStoreRef: {name: vault}'), after: externalSecret('secretStoreRef: {name: aws}') },
    ],
    passes: [
      {
        before: externalSecret('data: [{secretKey: a, remoteRef: {key: old}}]'),
        after: externalSecret('data: [{secretKey: a, remoteRef: {key: old}}, {secretKey: b, remoteRef: {key: c}}]'),
      },
    ],
  },
  *find({ before, after }) {
    for (const pair of (after ?? before)?.pairs ?? []) {
      if (!pair.before || pair.after?.kind !== 'ExternalSecret') continue;
      const [then, now] = [pair.before, pair.after];
      const old = asList(then.field('spec', 'data'));
      const moved = asList(now.field('spec', 'data')).findIndex((one) =>
        old.some(
          (other) => keyOf(other) === keyOf(one) && !isSame(fieldAt(other, ['remoteRef']), fieldAt(one, ['remoteRef'])),
        ),
      );
      const isStoreMoved = !isSame(then.field('spec', 'secretStoreRef'), now.field('spec', 'secretStoreRef'));
      const isFromMoved =
        then.field('spec', 'dataFrom') !== undefined &&
        !isSame(then.field('spec', 'dataFrom'), now.field('spec', 'dataFrom'));
      if (moved < 0 && !isStoreMoved && !isFromMoved) continue;
      const steps = isStoreMoved
        ? ['spec', 'secretStoreRef']
        : moved < 0
          ? ['spec', 'dataFrom']
          : ['spec', 'data', moved];
      yield {
        class: 'reversible-with-compatibility-window',
        message: `${now.kind} ${now.name} fetches from ${isStoreMoved ? 'another store' : 'another key or version'}. A revert fetches what the old place holds then, not the value of that time.`,
        instead: 'Keep the old place and its version until nobody goes back any more.',
        probe: `kubectl get externalsecret ${now.name} -o jsonpath={.status.conditions}`,
        closedBy: 'the old key or version is deleted or overwritten at its provider',
        at: now.at(...steps),
      };
    }
  },
};

const keyOf = (one: Parameters<typeof fieldAt>[0]): string => asText(fieldAt(one, ['secretKey'])) ?? '';

function externalSecret(spec: string): string {
  return `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: web}\nspec: {${spec}}\n`;
}
