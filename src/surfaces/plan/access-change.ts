import { grantedMore, grantsIn, type Grant } from './iam-grants.ts';
import { isPlanList, type PlanValue } from './plan-value.ts';
import type { JudgedChange } from './planned-change.ts';

/** What a change gives and takes, in words that hold no secret. */
export interface AccessChange {
  readonly given: readonly string[];
  readonly taken: readonly string[];
  /** Everything, or to everybody. */
  readonly isGivenToAll: boolean;
}

/** Types whose objects are themselves a grant. */
const grants =
  /^(aws_iam_(role|user|group)_policy(_attachment)?|aws_iam_policy_attachment|aws_iam_user_group_membership|aws_iam_group_membership|aws_lambda_permission|aws_s3_bucket_policy|aws_sqs_queue_policy|aws_sns_topic_policy|aws_ecr_repository_policy|aws_kms_grant|aws_eks_access_policy_association|google_.*_iam_(member|binding)|azurerm_role_assignment|kubernetes_(cluster_)?role_binding(_v1)?)$/;

/** Two rules ask about the same change, one after the other. */
let last: { readonly of: JudgedChange; readonly change: AccessChange | undefined } | undefined;

/** The change of who may do what; nothing where there is none. */
export function accessChange(change: JudgedChange): AccessChange | undefined {
  if (last?.of !== change) last = { of: change, change: foundIn(change) };
  return last.change;
}

function foundIn(change: JudgedChange): AccessChange | undefined {
  const found = change.action === 'update' || change.action === 'replace' ? compared(change) : asAWhole(change);
  return found && (found.given.length > 0 || found.taken.length > 0) ? found : undefined;
}

function asAWhole({ type, action, before, after }: JudgedChange): AccessChange | undefined {
  if (!grants.test(type)) return undefined;
  const side = action === 'create' ? after : action === 'delete' ? before : undefined;
  if (!side) return undefined;
  const documents = Object.values(side).flatMap((value) => grantsIn(value)?.allowed ?? []);
  const what = documents.length > 0 ? documents.map(inWords) : [managed(side['policy_arn'] ?? side['role']) ?? type];
  return action === 'create'
    ? { given: what, taken: [], isGivenToAll: documents.some(isToAll) }
    : { given: [], taken: what, isGivenToAll: false };
}

function compared({ attributes }: JudgedChange): AccessChange {
  const given: Grant[] = [];
  const taken: Grant[] = [];
  const lists = { given: [] as string[], taken: [] as string[] };
  for (const { path, before, after, isSensitive, isUnknown } of attributes) {
    if (isSensitive || isUnknown) continue;
    if (/(^|\.)(managed_policy_arns|policy_arns|policy_arn|members)$/.test(path)) {
      lists.given.push(...without(after, before));
      lists.taken.push(...without(before, after));
    }
    const documents = documentChange(before, after);
    given.push(...documents.given);
    taken.push(...documents.taken);
  }
  return {
    given: [...given.map(inWords), ...lists.given],
    taken: [...taken.map(inWords), ...lists.taken],
    isGivenToAll: given.some(isToAll),
  };
}

interface DocumentChange {
  readonly given: readonly Grant[];
  readonly taken: readonly Grant[];
}
const nothing: DocumentChange = { given: [], taken: [] };

/** The same document stands at many objects of a plan. */
const documentChanges = new Map<string, { readonly after: string; readonly change: DocumentChange }>();
const mostKept = 200;

function documentChange(before: PlanValue | undefined, after: PlanValue | undefined): DocumentChange {
  if (typeof before !== 'string' || typeof after !== 'string' || !before.includes('Statement')) return nothing;
  const kept = documentChanges.get(before);
  if (kept?.after === after) return kept.change;
  const [was, is] = [grantsIn(before), grantsIn(after)];
  const change = was && is ? { given: grantedMore(was, is), taken: grantedMore(is, was) } : nothing;
  if (documentChanges.size >= mostKept) documentChanges.clear();
  documentChanges.set(before, { after, change });
  return change;
}

const texts = (value: PlanValue | undefined): readonly string[] =>
  (isPlanList(value) ? value : [value]).filter((item) => typeof item === 'string');
const without = (all: PlanValue | undefined, others: PlanValue | undefined): readonly string[] =>
  texts(all)
    .filter((item) => !texts(others).includes(item))
    .map((item) => managed(item) ?? item);

/** The name at the end of an ARN. */
const managed = (arn: PlanValue | undefined): string | undefined =>
  typeof arn === 'string' && arn !== '' ? (arn.split('/').at(-1) ?? arn) : undefined;

const inWords = ({ action, resource, principal }: Grant): string =>
  [action, resource === '' ? '' : `on ${resource}`, principal === '' ? '' : `for ${principal}`]
    .filter(Boolean)
    .join(' ');

const isToAll = ({ action, resource, principal, condition }: Grant): boolean =>
  condition === '' && ((action === '*' && resource === '*') || principal === '*' || principal === 'AWS *');
