import type { Rule, RuleFinding } from '../../model/surface.ts';
import { addedIn, deletedIn, differsAt, updatesOf } from '../manifest-changes.ts';
import { asList, titleOf, type Manifest } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';

const kinds = [
  'NetworkPolicy',
  'AdminNetworkPolicy',
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'GlobalNetworkPolicy',
  'AuthorizationPolicy',
];
const policy = (spec: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web}\nspec: {podSelector: {}, ${spec}}\n`;

export const networkPolicyChanged: Rule<ManifestFile> = {
  id: 'kubernetes/network-policy-changed',
  problem:
    'Other traffic flows from now on. Where it is opened, a revert does not unsend what was sent; where it is cut, the way back may itself be cut.',
  instead: 'Open and cut in changes of their own, and keep a path for whoever has to undo it.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  examples: {
    matches: [
      { before: policy('ingress: []') },
      { before: policy('ingress: [{from: [{podSelector: {}}]}]'), after: policy('ingress: [{}]') },
      policy('policyTypes: [Ingress, Egress]'),
    ],
    passes: [
      {
        before: policy('ingress: []'),
        after:
          'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web, labels: {a: b}}\nspec: {podSelector: {}, ingress: []}\n',
      },
    ],
  },
  *find(change) {
    for (const gone of deletedIn(change, ...kinds)) yield opened(gone, 'is deleted', gone.at('metadata', 'name'));
    for (const added of addedIn(change, ...kinds)) yield cut(added, 'is new', added.at('spec'));
    for (const { before, after } of updatesOf(change, ...kinds)) {
      if (!differsAt({ before, after }, 'spec')) continue;
      const [was, is] = [grants(before), grants(after)];
      if (is >= was) yield opened(after, 'changes what it allows', after.at('spec'));
      else yield cut(after, 'allows less', after.at('spec'));
    }
  },
};

/** How much a policy lets through, roughly: its allowing rules; a rule without a peer lets everybody in. */
function grants(of: Manifest): number {
  const rules = ['ingress', 'egress'].flatMap((way) => asList(of.field('spec', way)));
  const isOpen = rules.some((rule) => JSON.stringify(rule) === '{}');
  return isOpen ? Number.POSITIVE_INFINITY : JSON.stringify(rules).length;
}

const opened = (of: Manifest, how: string, at: NonNullable<RuleFinding['at']>): RuleFinding => ({
  class: 'fully-reversible',
  classAfterWrites: 'compensatable',
  message: `${titleOf(of)} ${how}: traffic that it kept out may flow. A revert closes it again, and does not undo what came through or got out.`,
  instead: 'Check with the flow logs what passes before and after, and name the peers that need it.',
  inverse: 'apply the previous manifest',
  closedBy: 'traffic passes that was kept out',
  at,
});
const cut = (of: Manifest, how: string, at: NonNullable<RuleFinding['at']>): RuleFinding => ({
  class: 'fully-reversible',
  classAfterWrites: 'reversible-with-compatibility-window',
  message: `${titleOf(of)} ${how}: connections that it does not name are cut, probes, metrics, webhooks and the deployer's own among them.`,
  instead: 'Try it in a namespace that nobody needs; keep the path of the deployer open.',
  inverse: `kubectl delete ${of.kind.toLowerCase()} ${of.name}, or apply the previous manifest`,
  closedBy: 'whoever would undo it is cut off',
  at,
});
