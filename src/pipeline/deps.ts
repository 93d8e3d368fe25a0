/** What the pipeline is given: everything that touches the world arrives here, as an argument. */
import type { Keyring } from '../evidence/keyring.ts';
import type { Ambient } from '../model/ambient.ts';
import type { CheckRegistry } from '../model/check.ts';
import type { OperationRegistry } from '../model/operation.ts';
import type { Policies } from '../model/policy.ts';
import type { Store } from '../model/store.ts';
import type { SurfaceRegistry } from '../model/surface.ts';
import type { System } from '../model/system.ts';
import type { StopAfter } from './stop-points.ts';

/** What can be thought about a proposal without a store: for a dry run. */
export interface Catalogue {
  readonly operations: OperationRegistry;
  readonly checks: CheckRegistry;
  readonly systems: Readonly<Record<string, System<unknown>>>;
  /** Loaded only where a change carries artifacts. */
  surfaces(): Promise<SurfaceRegistry>;
  /** What the organisation asks of its changes, where it says so. */
  readonly policies?: Policies;
}

export interface Deps extends Catalogue {
  readonly store: Store;
  readonly keyring: Keyring;
  readonly ambient: Ambient;
  readonly stopAfter: StopAfter;
}
