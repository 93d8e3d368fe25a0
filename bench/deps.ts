import { checks } from '../src/checks/registry.ts';
import { makeKeyring } from '../src/evidence/keyring.ts';
import { operations } from '../src/operations/registry.ts';
import type { Deps } from '../src/pipeline/deps.ts';
import { openStore } from '../src/store/open.ts';
import { surfaces } from '../src/surfaces/registry.ts';
import { ambient } from '../src/systems/host.ts';
import { systems } from '../src/systems/registry.ts';

/** What the pipeline is given, on a store that a bench has made. */
export const depsOn = async (url: string): Promise<Deps> => ({
  operations,
  checks,
  systems,
  surfaces: () => Promise.resolve(surfaces),
  store: await openStore({ url, ambient }),
  keyring: makeKeyring(new Uint8Array(32), ambient.random),
  ambient,
  stopAfter: () => undefined,
});
