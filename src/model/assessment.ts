/**
 * An assessment says how a change could be undone before it happens: per artifact its class at the commit and its class
 * once the new version has written, every finding, and the artifact after which there is only forward.
 */
import { z } from 'zod';

import { returns } from './artifact.ts';
import { Finding } from './finding.ts';
import { Known, ReversibilityClass } from './reversibility.ts';

export const AssessedArtifact = z
  .object({
    path: z.string(),
    surface: z.string(),
    class: ReversibilityClass,
    /** Once the new version has written data. */
    classAfterWrites: ReversibilityClass,
    known: Known,
    returns: z.exactOptional(z.enum(returns)),
    findings: z.array(Finding).readonly(),
  })
  .readonly();
export type AssessedArtifact = z.infer<typeof AssessedArtifact>;

export const Assessment = z
  .object({
    /** The worst of all artifacts. */
    class: ReversibilityClass,
    classAfterWrites: ReversibilityClass,
    /** The first artifact, in the order in which they are applied, that no inverse brings back. */
    pointOfNoReturn: z.object({ artifact: z.string(), because: z.string() }).readonly().nullable(),
    /** Why the gate would refuse it, as far as its class decides that. */
    denied: z.array(z.string()).readonly(),
    artifacts: z.array(AssessedArtifact).readonly(),
    /** Changed files of a kind that nothing here reads. */
    notRead: z.array(z.string()).readonly(),
  })
  .readonly();
export type Assessment = z.infer<typeof Assessment>;
