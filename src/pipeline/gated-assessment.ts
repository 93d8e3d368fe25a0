/**
 * An assessment held against what its author declares and against the organisation's policies: the same questions as at
 * the gate, asked before there is a change.
 */
import { denials } from '../decide/assessed.ts';
import { deniedBy } from '../decide/gate.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Declared } from '../model/change.ts';
import type { Policies } from '../model/policy.ts';
import type { ReversibilityClass } from '../model/reversibility.ts';
import { policySubject } from './analyse.ts';

export interface Gate {
  readonly environment: string;
  readonly class: ReversibilityClass | undefined;
  readonly declared: Declared | undefined;
  readonly policies: Policies | undefined;
}

export function gatedAssessment(
  assessment: Assessment,
  { environment, class: promised, declared, policies }: Gate,
): Assessment {
  const stated = { ...(declared && { declared: promised ? { ...declared, class: promised } : declared }) };
  const subject = policySubject({ environment, steps: [], ...stated }, assessment.class, assessment);
  const asked = policies ? deniedBy(policies({ ...subject, declared: promised ?? '' }), declared) : [];
  return { ...assessment, denied: [...denials(assessment, promised), ...asked] };
}
