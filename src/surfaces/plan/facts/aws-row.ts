import type { AttributeFact } from './fact.ts';
import { documented, planned, registry } from './fact.ts';

/** What a fact says beside its type, its attribute and its reason. */
type More = Partial<AttributeFact>;

/** The rows of one kind: what they have in common is said once. */
export const awsRow =
  (common: Pick<AttributeFact, 'when' | 'plans' | 'topic' | 'class'>) =>
  (type: string, attribute: string, because: string, more: More = {}): AttributeFact => ({
    ...common,
    type,
    attribute,
    because,
    source: registry('aws', type.replace(/^aws_/, '')),
    verified: planned,
    ...more,
  });

/** Nobody has planned it yet: it is what the documentation says. */
export const said = { verified: documented } as const satisfies More;
