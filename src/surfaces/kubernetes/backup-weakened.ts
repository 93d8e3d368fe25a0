import type { Json } from '../../model/json.ts';
import type { Rule } from '../../model/surface.ts';
import { deletedIn, updatesOf } from '../manifest-changes.ts';
import { asNumber, asText, titleOf } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';

/** Objects that make copies: how each says that it rests, and for how long or how many it keeps them. */
const backups: Readonly<
  Record<string, { readonly rests?: readonly string[]; readonly keeps: readonly (readonly string[])[] }>
> = {
  'velero.io/Schedule': { rests: ['spec', 'paused'], keeps: [['spec', 'template', 'ttl']] },
  'velero.io/BackupStorageLocation': { keeps: [] },
  'volsync.backube/ReplicationSource': {
    rests: ['spec', 'paused'],
    keeps: ['hourly', 'daily', 'weekly', 'monthly', 'yearly', 'last', 'within'].map((each) => [
      'spec',
      'restic',
      'retain',
      each,
    ]),
  },
  'postgresql.cnpg.io/ScheduledBackup': { rests: ['spec', 'suspend'], keeps: [] },
  'postgresql.cnpg.io/Cluster': { keeps: [['spec', 'backup', 'retentionPolicy']] },
  'longhorn.io/RecurringJob': { keeps: [['spec', 'retain']] },
  'k8up.io/Schedule': {
    keeps: ['keepLast', 'keepDaily', 'keepWeekly', 'keepMonthly', 'keepYearly'].map((each) => [
      'spec',
      'prune',
      'retention',
      each,
    ]),
  },
};

export const backupWeakened: Rule<ManifestFile> = {
  id: 'kubernetes/backup-weakened',
  problem:
    'Something that makes or keeps copies is deleted, put to rest, or keeps fewer of them: the way back of other changes goes.',
  instead: 'Leave backups alone in a change that does anything else; shorten them once a newer copy has been restored.',
  source: 'https://velero.io/docs/main/api-types/schedule/',
  examples: {
    matches: [
      { before: 'apiVersion: velero.io/v1\nkind: Schedule\nmetadata: {name: daily}\n' },
      {
        before:
          'apiVersion: velero.io/v1\nkind: Schedule\nmetadata: {name: daily}\nspec: {template: {ttl: 720h0m0s}}\n',
        after: 'apiVersion: velero.io/v1\nkind: Schedule\nmetadata: {name: daily}\nspec: {template: {ttl: 24h0m0s}}\n',
      },
    ],
    passes: [
      {
        before: 'apiVersion: velero.io/v1\nkind: Schedule\nmetadata: {name: daily}\nspec: {template: {ttl: 24h0m0s}}\n',
        after: 'apiVersion: velero.io/v1\nkind: Schedule\nmetadata: {name: daily}\nspec: {template: {ttl: 720h0m0s}}\n',
      },
    ],
  },
  *find(change) {
    for (const gone of deletedIn(change)) {
      if (!backups[`${gone.group}/${gone.kind}`] || gone.kind === 'Cluster') continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'non-recoverable-without-restore',
        message: `${titleOf(gone)} is deleted: no more copies are made, and a revert does not make those of the time between.`,
        instead: 'Set up and restore from its successor first.',
        closedBy: 'data is lost that was written after its last copy',
        at: gone.at('metadata', 'name'),
      };
    }
    for (const { before, after } of updatesOf(change)) {
      const how = backups[`${after.group}/${after.kind}`];
      if (!how) continue;
      const rests = how.rests && after.field(...how.rests) === true && before.field(...how.rests) !== true;
      if (rests && how.rests) {
        yield {
          class: 'fully-reversible',
          classAfterWrites: 'non-recoverable-without-restore',
          message: `${titleOf(after)} is put to rest: what is written until it wakes is in no copy.`,
          instead: 'Say in the change until when, and who wakes it.',
          inverse: `${how.rests.join('.')}: false`,
          closedBy: 'data is lost that was written after its last copy',
          at: after.at(...how.rests),
        };
      }
      for (const path of how.keeps) {
        const [was, is] = [amount(before.field(...path)), amount(after.field(...path))];
        if (was === undefined || is === undefined || is >= was) continue;
        yield {
          class: 'fully-reversible',
          classAfterWrites: 'non-recoverable-without-restore',
          message: `${titleOf(after)}: ${path.join('.')} ${asText(before.field(...path)) ?? ''} → ${asText(after.field(...path)) ?? ''}. Copies beyond it are deleted at the next run, and a revert does not bring them back.`,
          instead: 'Copy what is still needed elsewhere first.',
          closedBy: 'the next run deletes the older copies',
          at: after.at(...path),
        };
      }
    }
  },
};

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

/** A number of copies, or a time such as `720h0m0s` or `30d`, in seconds. */
function amount(value: Json | undefined): number | undefined {
  const number = asNumber(value);
  if (number !== undefined) return number;
  const parts = [...(asText(value) ?? '').matchAll(/(\d{1,12})([smhdwy])/gi)];
  if (parts.length === 0) return undefined;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (seconds[(unit ?? '').toLowerCase()] ?? 0), 0);
}
