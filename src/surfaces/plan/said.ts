import type { AttributeChange } from './attribute-changes.ts';
import type { PlanValue } from './plan-value.ts';
import type { JudgedChange } from './planned-change.ts';
import type { PlanArtifact } from './read-plan.ts';

/** The change of a resource that really changes, or is touched on the way back. */
export const resourceIn = (artifact: PlanArtifact | undefined): JudgedChange | undefined =>
  artifact?.kind === 'resource' && !artifact.isData ? artifact : undefined;

/** Whether the object that is there now is gone after the apply. */
export const isDestroyed = ({ action }: JudgedChange): boolean => action === 'delete' || action === 'replace';

/** Attributes whose values are settings; any other text is not shown, since not every secret is marked as one. */
const settings = /(version|engine|type|mode|class|status|tier|tenancy|mutability|set)$/;

/** ` from 100 to 50`, where both are short settings; else nothing. */
export function fromTo({ path, before, after, isSensitive, isUnknown }: AttributeChange): string {
  const [from, to] = [shown(path, before), shown(path, after)];
  return isSensitive || isUnknown || from === undefined || to === undefined ? '' : ` from ${from} to ${to}`;
}

function shown(path: string, value: PlanValue | undefined): string | undefined {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return settings.test(path) && /^[\w.-]{1,30}$/.test(value) ? value : undefined;
  return typeof value === 'object' ? undefined : String(value);
}

/** `a, b and 3 more` */
export function names(all: readonly string[], most = 3): string {
  const distinct = [...new Set(all)];
  const rest = distinct.length - most;
  if (rest > 0) return `${distinct.slice(0, most).join(', ')} and ${rest} more`;
  return distinct.length > 1 ? `${distinct.slice(0, -1).join(', ')} and ${distinct.at(-1)}` : (distinct[0] ?? '');
}
