import { isPlanList, isPlanObject, type PlanObject, type PlanValue } from './plan-value.ts';
import type { JudgedChange } from './planned-change.ts';

/** Types whose objects let traffic through. */
const types =
  /^(aws_(default_)?security_group|aws_security_group_rule|aws_vpc_security_group_(in|e)gress_rule|aws_network_acl(_rule)?|aws_route|google_compute_firewall|azurerm_network_security_(rule|group))$/;

const sources = new Set([
  'cidr_blocks',
  'ipv6_cidr_blocks',
  'cidr_ipv4',
  'cidr_ipv6',
  'cidr_block',
  'ipv6_cidr_block',
  'destination_cidr_block',
  'source_ranges',
  'destination_ranges',
  'source_address_prefix',
  'source_address_prefixes',
  'source_security_group_id',
  'referenced_security_group_id',
  'security_groups',
  'prefix_list_ids',
  'prefix_list_id',
]);

/** Ways that traffic may take: `0.0.0.0/0 to tcp 443`. */
export interface PathChange {
  readonly opened: readonly string[];
  readonly cut: readonly string[];
}

/** Nothing where the type is not one that lets traffic through. */
export function pathChange({ type, before, after, action }: JudgedChange): PathChange | undefined {
  if (!types.test(type)) return undefined;
  const [were, are] = [pathsIn(before), action === 'delete' ? [] : pathsIn(after)];
  const opened = are.filter((path) => !were.includes(path));
  // what becomes known after the apply only is not said to be cut
  const cut = action === 'delete' || are.length > 0 ? were.filter((path) => !are.includes(path)) : [];
  return opened.length > 0 || cut.length > 0 ? { opened, cut } : undefined;
}

export const isFromEverywhere = (path: string): boolean => /^(0\.0\.0\.0\/0|::\/0|\*|Internet|any) /i.test(path);

function pathsIn(value: PlanValue | undefined): readonly string[] {
  if (isPlanList(value)) return value.flatMap(pathsIn);
  if (!isPlanObject(value) || isDenied(value)) return [];
  const from = Object.entries(value).flatMap(([key, inner]) => (sources.has(key) ? texts(inner) : []));
  if (from.length > 0) return from.map((source) => `${source} to ${portsOf(value)}`);
  return Object.values(value).flatMap((inner) => (isPlanList(inner) && inner.some(isPlanObject) ? pathsIn(inner) : []));
}

const isDenied = ({ rule_action, access, deny }: PlanObject): boolean =>
  [rule_action, access].some((word) => typeof word === 'string' && word.toLowerCase() === 'deny') ||
  (isPlanList(deny) && deny.length > 0);

function portsOf(rule: PlanObject): string {
  const protocol = text(rule['ip_protocol'] ?? rule['protocol']) ?? '';
  const [from, to] = [text(rule['from_port']), text(rule['to_port'])];
  const ports =
    from === undefined
      ? text(rule['destination_port_range'])
      : from === to || to === undefined
        ? from
        : `${from}-${to}`;
  const words = [
    protocol === '-1' || protocol === 'all' ? '' : protocol,
    ports === '-1' || ports === '0-0' || ports === '0' ? '' : (ports ?? ''),
  ];
  return words.filter(Boolean).join(' ') || 'all ports';
}

const text = (value: PlanValue | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
const texts = (value: PlanValue | undefined): readonly string[] =>
  (isPlanList(value) ? value : [value]).filter((item) => typeof item === 'string' && item !== '') as readonly string[];
