import type { Rule } from '../../model/surface.ts';
import { deletedIn, differsAt, updatesOf } from '../manifest-changes.ts';
import { asFields, asList, asText, titleOf, type Manifest } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { someOf } from '../some-of.ts';

const kinds = ['Ingress', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'Gateway'];
const ingress = (spec: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec: {${spec}}\n`;

export const ingressMoves: Rule<ManifestFile> = {
  id: 'kubernetes/ingress-moves',
  problem: 'A host name, its certificate or its controller changes: others know the name, and cache what they knew.',
  instead: 'Let the new name answer beside the old one, and take the old one away when nobody asks for it.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
  examples: {
    matches: [
      { before: ingress('rules: [{host: a.example.com}]'), after: ingress('rules: [{host: b.example.com}]') },
      { before: ingress('tls: [{secretName: a}]'), after: ingress('rules: []') },
      { before: ingress('ingressClassName: old'), after: ingress('ingressClassName: new') },
    ],
    passes: [
      {
        before: ingress('rules: [{host: a.example.com}]'),
        after: ingress('rules: [{host: a.example.com}, {host: b.example.com}]'),
      },
    ],
  },
  *find(change) {
    for (const gone of deletedIn(change, ...kinds)) {
      const hosts = hostsOf(gone);
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-compatibility-window',
        message: `${titleOf(gone)} is deleted: ${hosts.length > 0 ? `${someOf(hosts)} no longer leads anywhere` : 'what it led to is not reachable through it'}. Where DNS is made from it, the record goes too.`,
        instead: 'Redirect the name first, and watch who still asks for it.',
        inverse: 'apply the previous manifest',
        closedBy: 'the name or its certificate is given away',
        at: gone.at('metadata', 'name'),
      };
    }
    for (const { before, after } of updatesOf(change, ...kinds)) {
      const hosts = hostsOf(after);
      const lost = hostsOf(before).filter((host) => !hosts.includes(host));
      if (lost.length > 0) {
        yield {
          class: 'fully-reversible',
          classAfterWrites: 'reversible-with-compatibility-window',
          message: `${titleOf(after)} no longer answers for ${someOf(lost)}. Links, clients and caches keep the old name.`,
          instead: 'Keep the old name as a redirect.',
          inverse: 'apply the previous hosts',
          closedBy: 'the name or its certificate is given away',
          at: after.at('spec', after.field('spec', 'hostnames') === undefined ? 'rules' : 'hostnames'),
        };
      }
      const field = ['ingressClassName', 'gatewayClassName'].find((one) => differsAt({ before, after }, 'spec', one));
      if (field) {
        yield {
          class: 'reversible-with-compatibility-window',
          message: `${titleOf(after)} goes to another controller (${field}): its address is another one, and DNS follows in its own time, both ways.`,
          instead: 'Put a second one beside it for the new controller, and move DNS.',
          inverse: `${field}: ${asText(before.field('spec', field)) ?? '(none)'}`,
          closedBy: 'the old controller lets its address go',
          at: after.at('spec', field),
        };
      }
      if (before.field('spec', 'tls') !== undefined && after.field('spec', 'tls') === undefined) {
        yield {
          class: 'fully-reversible',
          classAfterWrites: 'compensatable',
          message: `${titleOf(after)} gives up TLS: what is sent in clear meanwhile stays sent, and browsers that were told to use TLS refuse.`,
          instead: 'Keep TLS; replace the certificate instead.',
          inverse: 'apply the previous tls section',
          closedBy: 'something secret is sent in clear',
          at: after.at('spec', 'tls'),
        };
      }
    }
  },
};

const hostsOf = (of: Manifest): readonly string[] =>
  [
    ...asList(of.field('spec', 'rules')).map((rule) => asFields(rule)['host']),
    ...asList(of.field('spec', 'hostnames')),
    ...asList(of.field('spec', 'listeners')).map((listener) => asFields(listener)['hostname']),
  ].flatMap((host) => asText(host) ?? []);
