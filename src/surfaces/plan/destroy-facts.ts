import { awsDataStores } from './facts/data-stores-aws.ts';
import { cloudDataStores } from './facts/data-stores-clouds.ts';
import type { DestroyFact } from './facts/fact.ts';
import { identities, stateOnly } from './facts/identities.ts';

const all: Readonly<Record<string, DestroyFact>> = { ...awsDataStores, ...cloudDataStores, ...identities };
const secrets: Readonly<Record<string, DestroyFact>> = stateOnly;

/** What is lost when an object of this type is destroyed, as far as it is known. */
export const destroyFact = (type: string): DestroyFact | undefined =>
  Object.hasOwn(all, type) ? all[type] : undefined;

/** The same for what exists in the state only. */
export const stateOnlyFact = (type: string): DestroyFact | undefined =>
  Object.hasOwn(secrets, type) ? secrets[type] : undefined;

export const isDataStore = (type: string): boolean => destroyFact(type)?.class === 'non-recoverable-without-restore';
