import type { ReversibilityClass } from '../../../model/reversibility.ts';

/** How a fact is known, with what it was tried, and when, so that it can be tried again. */
export interface Verified {
  readonly how: 'plan' | 'schema' | 'documentation';
  readonly with?: string;
  readonly on?: string;
}

/** What Terraform itself planned, offline, against a state that was written for the purpose. */
export const planned = { how: 'plan', with: 'terraform 1.11.4, hashicorp/aws 5.100.0' } as const satisfies Verified;
export const documented = { how: 'documentation' } as const satisfies Verified;

/** What is lost when an object of a type is destroyed. */
export interface DestroyFact {
  readonly class: ReversibilityClass;
  /** A clause: `all tables and the automated backups go with it`. */
  readonly loses: string;
  /** What to have before it happens. */
  readonly keep: string;
  /** Why its name cannot be used again at once. */
  readonly nameIsHeld?: string;
  /** The attribute that holds such a name. */
  readonly nameIn?: string;
  readonly source: string;
  readonly verified: Verified;
}

/** A change of a value, as far as a direction can be told. */
export type Direction = 'changed' | 'raised' | 'lowered' | 'enabled' | 'disabled' | 'set' | 'unset';

/** What changing an attribute in one direction does. */
export interface AttributeFact {
  readonly type: string;
  /** Without indices: `settings.disk_size`. */
  readonly attribute: string;
  readonly when: Direction | { readonly from?: string | boolean; readonly to?: string | boolean };
  /** What the provider plans: a replacement, an update, or an update that the service then refuses. */
  readonly plans: 'replacement' | 'update' | 'refused-update';
  readonly topic: 'door' | 'history' | 'protection' | 'repair' | 'exposure';
  readonly class: ReversibilityClass;
  /** A sentence. */
  readonly because: string;
  readonly source: string;
  readonly verified: Verified;
}

/** The provider's own page of a type: `registry('aws', 'rds_cluster')`. */
export const registry = (provider: 'aws' | 'google' | 'azurerm' | 'random' | 'tls', page: string): string =>
  `https://registry.terraform.io/providers/hashicorp/${provider}/latest/docs/resources/${page}`;
