import type { PlanObject, PlanValue } from './plan-value.ts';

interface ExampleChange {
  readonly type: string;
  readonly address?: string;
  readonly before?: PlanObject;
  readonly after?: PlanObject;
  /** Left out, they follow from `before` and `after`; with `replacedBy` it is a replacement. */
  readonly actions?: readonly string[];
  readonly replacedBy?: readonly string[];
  readonly unknown?: PlanObject;
  readonly more?: PlanObject;
}

/** A plan as `terraform show -json` writes it, for the examples of rules. */
export const examplePlan = (changes: readonly ExampleChange[], more: PlanObject = {}): string =>
  JSON.stringify(
    {
      format_version: '1.2',
      terraform_version: '1.11.4',
      resource_changes: changes.map(exampleChange),
      ...more,
    },
    null,
    2,
  );

export function exampleChange(change: ExampleChange): PlanObject {
  const { type, before, after, replacedBy, unknown = {}, more = {} } = change;
  const address = change.address ?? `${type}.main`;
  return {
    address,
    mode: 'managed',
    type,
    name: address.split('.').at(-1) ?? 'main',
    change: {
      actions: change.actions ?? actionsOf(change),
      before: before ?? null,
      after: after ?? null,
      after_unknown: unknown,
      before_sensitive: false,
      after_sensitive: false,
      ...(replacedBy && { replace_paths: replacedBy.map((path): PlanValue => path.split('.')) }),
    },
    ...more,
  };
}

function actionsOf({ before, after, replacedBy }: ExampleChange): readonly string[] {
  if (replacedBy) return ['delete', 'create'];
  if (before && after) return ['update'];
  return [before ? 'delete' : 'create'];
}
