import type { Rule, RuleFinding } from '../../model/surface.ts';
import { asText, type Manifest } from '../manifest.ts';
import type { SecretFile } from './secret-file.ts';

interface Policy {
  readonly steps: readonly string[];
  /** Whether this is what the object asks for. */
  isAsked(one: Manifest): boolean;
  readonly says: Pick<RuleFinding, 'class' | 'classAfterWrites' | 'instead' | 'closedBy'> & { readonly words: string };
}

const policies: readonly Policy[] = [
  {
    steps: ['spec', 'target', 'deletionPolicy'],
    isAsked: (one) => asText(one.field('spec', 'target', 'deletionPolicy')) === 'Delete',
    says: {
      class: 'fully-reversible',
      classAfterWrites: 'reversible-with-manual-repair',
      words:
        'deletes the Secret when the provider no longer has the value: a mistake there stops the workloads here, and no revert brings the value back.',
      instead: 'Use `Retain`.',
      closedBy: 'the value is deleted at the provider',
    },
  },
  {
    steps: ['spec', 'refreshInterval'],
    isAsked: (one) =>
      /^0+[a-z]*$/.test(asText(one.field('spec', 'refreshInterval')) ?? '') ||
      asText(one.field('spec', 'refreshPolicy')) === 'CreatedOnce',
    says: {
      class: 'fully-reversible',
      words:
        'is fetched once and never again: a rotation at the provider does not arrive, and neither does its rollback.',
      instead: 'Give it an interval, or fetch anew by hand after each rotation.',
    },
  },
  {
    steps: ['spec', 'target', 'creationPolicy'],
    isAsked: (one) => ['Orphan', 'None'].includes(asText(one.field('spec', 'target', 'creationPolicy')) ?? 'Owner'),
    says: {
      class: 'fully-reversible',
      words: 'no longer owns its Secret: it stays when this object goes, with a value that nobody renews.',
      instead: 'Delete the Secret by hand when it is no longer needed.',
    },
  },
];

export const externalPolicyChanged: Rule<SecretFile> = {
  id: 'secret/external-policy-changed',
  problem:
    'When the fetched Secret is renewed, kept or deleted changes: it may vanish with its source, or no longer follow it.',
  instead: 'Keep the Secret when its source vanishes (`Retain`), and let it follow by an interval.',
  source: 'https://external-secrets.io/latest/guides/ownership-deletion-policy/',
  examples: {
    matches: [
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: web}\nspec: {target: {deletionPolicy: Delete}}\n',
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: web}\nspec: {refreshInterval: "0"}\n',
    ],
    passes: [
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: web}\nspec: {refreshInterval: 1h, target: {deletionPolicy: Retain}}\n',
    ],
  },
  *find({ before, after }) {
    for (const pair of (after ?? before)?.pairs ?? []) {
      const now = pair.after;
      if (now?.kind !== 'ExternalSecret') continue;
      for (const { steps, isAsked, says } of policies) {
        if (!isAsked(now) || (pair.before && isAsked(pair.before))) continue;
        const { words, ...meaning } = says;
        yield { ...meaning, message: `${now.kind} ${now.name} ${words}`, at: now.at(...steps) };
      }
    }
  },
};
