import type { AttributeChange } from '../attribute-changes.ts';
import { cloudAttributes } from './attributes-clouds.ts';
import { awsDoors } from './aws-doors.ts';
import { awsHistory } from './aws-history.ts';
import { awsExposures, awsRepairs } from './aws-repairs.ts';
import { isAbout } from './direction.ts';
import type { AttributeFact } from './fact.ts';

const all = [...awsDoors, ...awsHistory, ...awsRepairs, ...awsExposures, ...cloudAttributes];
const byType = Map.groupBy(all, (fact) => fact.type);

/** What is known about changing this attribute the way the plan does. */
export const factsOfChange = (
  type: string,
  { path, before, after, isUnknown }: AttributeChange,
): readonly AttributeFact[] => (isUnknown ? [] : factsOf(type, path).filter((fact) => isAbout(fact, before, after)));

/** What is known about changing this attribute back. */
export const factsOfReturn = (
  type: string,
  { path, before, after, isUnknown }: AttributeChange,
): readonly AttributeFact[] => (isUnknown ? [] : factsOf(type, path).filter((fact) => isAbout(fact, after, before)));

export const factsOf = (type: string, path: string): readonly AttributeFact[] =>
  byType.get(type)?.filter((fact) => fact.attribute === path) ?? [];

export const hasFacts = (type: string): boolean => byType.has(type);
