/**
 * What a change of values means whatever the chart: charts share the names of the keys that rename everything and of
 * those that make volume claims. Used wherever values are written: files, HelmReleases, Applications.
 */
import type { Json } from '../model/json.ts';
import { isObject, isSame } from '../model/same.ts';
import type { RuleFinding } from '../model/surface.ts';
import { quantityOf } from './kubernetes/quantity.ts';
import { asText, fieldAt, type Position } from './manifest.ts';

type Steps = readonly (string | number)[];
export interface ValuesChange {
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  at(...steps: Steps): Position;
}

const nameKeys = new Set(['nameOverride', 'fullnameOverride']);
/** Deeper than any chart nests what it offers. */
const deepest = 12;

/** Keys that are in one of the two, each with both values, down to where they differ. */
function* differences(before: Json | undefined, after: Json | undefined, steps: Steps = []): Iterable<Difference> {
  if (isSame(before, after)) return;
  if (!isObject(before) || !isObject(after) || steps.length >= deepest) {
    yield { steps, before, after };
    return;
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
    yield* differences(own(before, key), own(after, key), [...steps, key]);
}
interface Difference {
  readonly steps: Steps;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}
const own = (of: Json, key: string): Json | undefined => fieldAt(of, [key]);

export function* namesChanged(change: ValuesChange): Iterable<RuleFinding> {
  if (change.before === undefined || change.after === undefined) return;
  for (const { steps, before, after } of differences(change.before, change.after)) {
    if (!nameKeys.has(String(steps.at(-1)))) continue;
    const [then, now] = [before, after].map((one) => asText(one) ?? '');
    if ((then ?? '') === (now ?? '')) continue;
    yield {
      class: 'reversible-with-manual-repair',
      message: `${steps.join('.')} changes: every object of the chart gets another name, the old ones are deleted, and new volume claims start empty.`,
      instead: 'Keep the name; or copy the data to the new claims first, and switch the traffic last.',
      probe: 'kubectl get pvc -A',
      closedBy: 'the upgrade deletes the objects with the old names',
      at: change.at(...steps),
    };
  }
}

const storage = /persist|pvc|volumeclaim|claimtemplate|storagespec|datavolume|storageclass/i;
const sizeKeys = new Set(['size', 'storage', 'capacity', 'storageSize', 'volumeSize', 'claimSize']);
const fixedKeys = new Set(['storageClass', 'storageClassName', 'accessMode', 'accessModes', 'volumeMode']);
/** Volumes of these kinds are no claims. */
const noClaims = new Set(['emptydir', 'nfs', 'hostpath', 'configmap', 'secret', 'custom', 'image', 'ephemeral']);

export function* storageChanged(change: ValuesChange): Iterable<RuleFinding> {
  if (change.before === undefined || change.after === undefined) return;
  for (const difference of differences(change.before, change.after)) {
    const { steps } = difference;
    const key = String(steps.at(-1));
    const around = steps.slice(0, -1);
    if (!storage.test(steps.join('.')) || isNoClaim(fieldAt(change.before, around))) continue;
    const found = sizeKeys.has(key)
      ? sizeFinding(difference)
      : fixedKeys.has(key)
        ? fixedFinding(difference)
        : claimFinding(difference, fieldAt(change.before, around));
    if (found) yield { ...found, at: change.at(...steps) };
  }
}

const isNoClaim = (around: Json | undefined): boolean =>
  noClaims.has((asText(fieldAt(around, ['type'])) ?? '').toLowerCase());

type Found = Omit<RuleFinding, 'at'>;

function sizeFinding({ steps, before, after }: Difference): Found | undefined {
  const [then, now] = [quantityOf(before), quantityOf(after)];
  if (then === undefined || now === undefined || then === now) return undefined;
  const grows = now > then;
  const moves = `${steps.join('.')}: ${asText(before) ?? ''} → ${asText(after) ?? ''}`;
  return {
    class: grows ? 'forward-only' : 'reversible-with-manual-repair',
    message: grows
      ? `${moves}. A volume claim grows but never shrinks: a revert that asks for less is refused, and the release fails.`
      : `${moves}. Kubernetes refuses to shrink a claim: the release fails until the old size is back.`,
    instead: grows
      ? 'Going back, keep the new size and revert everything else.'
      : 'Make a smaller claim beside the old one and copy the data.',
    probe:
      'kubectl get pvc -A -o custom-columns=NAME:.metadata.name,ASKED:.spec.resources.requests.storage,HAS:.status.capacity.storage',
    closedBy: 'the storage has grown the volume',
  };
}

const fixedFinding = ({ steps, before, after }: Difference): Found | undefined =>
  before === undefined && after === undefined
    ? undefined
    : {
        class: 'reversible-with-manual-repair',
        message: `${steps.join('.')} changes, which no existing volume claim allows: the release fails, or with force the claim is made anew and empty.`,
        instead: 'Make a second claim with the new setting, copy the data, then switch to it.',
      };

function claimFinding({ steps, before, after }: Difference, around: Json | undefined): Found | undefined {
  const key = String(steps.at(-1));
  const name = steps.join('.');
  if (key === 'existingClaim' && asText(before) !== undefined && asText(after) !== undefined)
    return {
      class: 'fully-reversible',
      classAfterWrites: 'reversible-with-manual-repair',
      message: `${name} names another claim: what is written there until a revert is not in the old one.`,
      instead: 'Going back, stop the writers and copy the data over first.',
      closedBy: 'the first write to the other claim',
    };
  const isOff = key === 'enabled' && before === true && after === false && makesClaim(around);
  const isRemoved =
    isObject(before) && after === undefined && makesClaim(before) && !isNoClaim(before) && before['enabled'] !== false;
  if (!isOff && !isRemoved) return undefined;
  return {
    class: 'non-recoverable-without-restore',
    message: `${name} is taken away: the chart's volume claim is deleted with its data. A revert makes an empty one.`,
    instead: 'Mark the claim `helm.sh/resource-policy: keep` in an earlier change, or back it up.',
    probe: 'kubectl get pvc,pv -A',
    closedBy: 'the upgrade deletes the claim',
  };
}

/** It says how large the claim is to be, and takes none that is there already, nor keeps it. */
const makesClaim = (of: Json | undefined): boolean =>
  isObject(of) &&
  [...sizeKeys].some((key) => own(of, key) !== undefined) &&
  (asText(own(of, 'existingClaim')) ?? '') === '' &&
  own(of, 'retain') !== true;
