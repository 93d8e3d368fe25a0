import type { Rule, RuleFinding } from '../../model/surface.ts';
import { deletedIn, differsAt, updatesOf, type Updated } from '../manifest-changes.ts';
import { asFields, asList, asText, titleOf } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import { someOf } from '../some-of.ts';

const service = (spec: string): string => `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {${spec}}\n`;
const ipAnnotation =
  /loadbalancer-ips?$|load-balancer-(?:eip|ip)|loadBalancerIPs|static-ip|eip-allocations|lb-internal|internal-load-?balancer|load-balancer-(?:type|scheme|internal)|lbipam/i;

export const addressMoves: Rule<ManifestFile> = {
  id: 'kubernetes/address-moves',
  problem:
    'The address under which others reach a service changes or goes. A revert makes a new one; it need not be the old.',
  instead: 'Reserve the address and name it, or put a new service beside the old one and move the DNS name.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types',
  examples: {
    matches: [
      { before: service('type: LoadBalancer'), after: service('type: ClusterIP') },
      { before: service('ports: [{port: 80}]'), after: service('ports: [{port: 8080}]') },
      { before: service('type: LoadBalancer') },
    ],
    passes: [{ before: service('ports: [{port: 80}]'), after: service('ports: [{port: 80}, {port: 443}]') }],
  },
  *find(change) {
    for (const gone of deletedIn(change, 'Service')) {
      const isOutside = asText(gone.field('spec', 'type')) === 'LoadBalancer';
      yield {
        class: isOutside ? 'reversible-with-manual-repair' : 'reversible-with-compatibility-window',
        message: isOutside
          ? `${titleOf(gone)} is deleted, and its load balancer with it. Created again it gets another address, unless the address is reserved.`
          : `${titleOf(gone)} is deleted. Its name stops resolving, and created again it has another virtual address.`,
        instead: 'Wait until nothing resolves its name, and reserve the address that outsiders know.',
        inverse: 'apply the previous manifest: the address may differ',
        closedBy: 'the address is given to somebody else',
        at: gone.at('metadata', 'name'),
      };
    }
    for (const pair of updatesOf(change, 'Service')) yield* movesOf(pair);
  },
};

function* movesOf({ before, after }: Updated): Iterable<RuleFinding> {
  const pair = { before, after };
  const [was, is] = [before, after].map((one) => asText(one.field('spec', 'type')) ?? 'ClusterIP');
  const inverse = 'apply the previous manifest: the address may differ';
  if (was !== is) {
    const isOutside = was === 'LoadBalancer' || is === 'ExternalName' || was === 'ExternalName';
    yield {
      class: isOutside ? 'reversible-with-manual-repair' : 'reversible-with-compatibility-window',
      message: `${titleOf(after)}: type ${was} → ${is}. ${was === 'LoadBalancer' ? 'Its load balancer and address go; a revert gets a new one.' : 'Its clients reach it another way.'}`,
      instead: 'Put a second service beside it and move its clients.',
      inverse,
      closedBy: 'the address is given to somebody else',
      at: after.at('spec', 'type'),
    };
  }
  const outside = ['loadBalancerIP', 'externalIPs', 'externalName'].find((field) => differsAt(pair, 'spec', field));
  const annotation = Object.keys({ ...annotationsOf(before), ...annotationsOf(after) }).find(
    (key) => ipAnnotation.test(key) && annotationsOf(before)[key] !== annotationsOf(after)[key],
  );
  if (outside !== undefined || annotation !== undefined) {
    yield {
      class: 'reversible-with-manual-repair',
      message: `${titleOf(after)}: ${outside ?? annotation ?? ''} changes, and with it the address that others know. Clients and DNS keep the old one for a while, going forward and going back.`,
      instead: 'Lower the TTL of its DNS names first, and keep the old address reserved.',
      inverse,
      closedBy: 'the old address is given to somebody else',
      at: outside !== undefined ? after.at('spec', outside) : after.at('metadata', 'annotations', annotation ?? ''),
    };
  }
  const ports = new Set(asList(after.field('spec', 'ports')).map((port) => portOf(asFields(port))));
  const lost = asList(before.field('spec', 'ports'))
    .map((port) => portOf(asFields(port)))
    .filter((port) => !ports.has(port));
  if (lost.length > 0) {
    yield {
      class: 'fully-reversible',
      classAfterWrites: 'reversible-with-compatibility-window',
      message: `${titleOf(after)} no longer answers on port ${someOf(lost)}. Clients that still use it fail until they are changed, and fail the other way after a revert.`,
      instead: 'Open the new port beside the old one, and close the old one when nobody uses it.',
      inverse: 'apply the previous ports',
      at: after.at('spec', 'ports'),
    };
  }
}

const annotationsOf = (of: Updated['after']) => asFields(of.field('metadata', 'annotations'));
const portOf = (port: ReturnType<typeof asFields>): string =>
  `${asText(port['port']) ?? ''}${port['nodePort'] === undefined ? '' : ` (node port ${asText(port['nodePort']) ?? ''})`}`;
