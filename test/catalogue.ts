import { checks } from '#src/checks/registry.ts';
import { operations } from '#src/operations/registry.ts';
import type { Catalogue } from '#src/pipeline/deps.ts';
import { surfaces } from '#src/surfaces/registry.ts';
import { systems } from '#src/systems/registry.ts';

/** Everything that the product knows, as its main gives it to the pipeline. */
export const catalogue: Catalogue = { operations, checks, systems, surfaces: () => Promise.resolve(surfaces) };
