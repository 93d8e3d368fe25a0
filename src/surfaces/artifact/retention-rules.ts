import type { Json } from '../../model/json.ts';
import { isObject } from '../../model/same.ts';
import { asFields, asList, asText, fieldAt } from '../manifest.ts';
import type { ArtifactFile } from './artifact-file.ts';

/** One rule of a registry or a bucket: how much it keeps. What is beyond is deleted. */
interface RetentionRule {
  /** The same rule in both versions. */
  readonly key: string;
  readonly words: string;
  /** How many, or how many days; less keeps less. */
  readonly keeps: number;
  /** A rule that protects: without it less is kept. */
  readonly isProtecting: boolean;
  readonly steps: readonly (string | number)[];
}

export const retentionRulesOf = (file: ArtifactFile | undefined): readonly RetentionRule[] =>
  file ? [...ecr(file), ...artifactRegistry(file), ...harbor(file), ...bucket(file)] : [];

/** Amazon ECR: `rules[].selection`. Each rule expires what is beyond its count. */
const ecr = (file: ArtifactFile): readonly RetentionRule[] =>
  asList(file.field('rules')).flatMap((rule, index) => {
    const selection = fieldAt(rule, ['selection']);
    const countType = asText(fieldAt(selection, ['countType']));
    const keeps = Number(asText(fieldAt(selection, ['countNumber'])));
    if (countType === undefined || !Number.isFinite(keeps)) return [];
    const tags = ['tagStatus', 'tagPrefixList', 'tagPatternList'].map((field) =>
      JSON.stringify(fieldAt(selection, [field]) ?? ''),
    );
    return [
      {
        key: `ecr ${countType} ${tags.join(' ')}`,
        words: countType === 'imageCountMoreThan' ? `${String(keeps)} images` : `${String(keeps)} days (${countType})`,
        keeps,
        isProtecting: false,
        steps: ['rules', index, 'selection', 'countNumber'],
      },
    ];
  });

/** Google Artifact Registry: a list of policies, or one by name; what a keep policy names is never deleted. */
function artifactRegistry(file: ArtifactFile): readonly RetentionRule[] {
  const root: readonly string[] = file.field('cleanupPolicies') === undefined ? [] : ['cleanupPolicies'];
  const all = root.length > 0 ? file.field(...root) : file.value;
  const policies: readonly (readonly [string | number, Json])[] = Array.isArray(all)
    ? asList(all).map((one, index) => [index, one] as const)
    : Object.entries(asFields(all));
  return policies.flatMap(([place, policy]): readonly RetentionRule[] => {
    const action = fieldAt(policy, ['action']);
    const type = (asText(fieldAt(action, ['type'])) ?? asText(action) ?? '').toLowerCase();
    if (!isObject(policy) || (type !== 'delete' && type !== 'keep')) return [];
    const name = asText(fieldAt(policy, ['name'])) ?? asText(fieldAt(policy, ['id'])) ?? String(place);
    const days = daysOf(asText(fieldAt(policy, ['condition', 'olderThan'])));
    const count = Number(asText(fieldAt(policy, ['mostRecentVersions', 'keepCount'])) ?? Number.NaN);
    const keeps = type === 'delete' ? (days ?? 0) : Number.isFinite(count) ? count : 1;
    return [
      {
        key: `gar ${type} ${name}`,
        words: type === 'delete' ? `${String(keeps)} days (${name})` : `${String(keeps)} versions (${name})`,
        keeps,
        isProtecting: type === 'keep',
        steps: [...root, place],
      },
    ];
  });
}

/** `30d`, `720h`, `2592000s`. */
function daysOf(text: string | undefined): number | undefined {
  const [, number, unit = 's'] = /^(\d+)([smhd]?)$/.exec(text ?? '') ?? [];
  const inDay: Readonly<Record<string, number>> = { s: 86_400, m: 1440, h: 24, d: 1, '': 86_400 };
  return number === undefined ? undefined : Number(number) / (inDay[unit] ?? 1);
}

/** Harbor: each rule says what is retained; what no rule retains is deleted. */
const harbor = (file: ArtifactFile): readonly RetentionRule[] =>
  asList(file.field('rules')).flatMap((rule, index) =>
    Object.entries(asFields(fieldAt(rule, ['params']))).flatMap(([name, value]) => {
      const keeps = Number(asText(value));
      if (!/^(?:latest|n?Days)/i.test(name) || !Number.isFinite(keeps)) return [];
      const scope = JSON.stringify([
        fieldAt(rule, ['tag_selectors']) ?? null,
        fieldAt(rule, ['scope_selectors']) ?? null,
      ]);
      return [
        {
          key: `harbor ${name} ${scope}`,
          words: `${String(keeps)} (${name})`,
          keeps,
          isProtecting: true,
          steps: ['rules', index, 'params', name],
        },
      ];
    }),
  );

/** A bucket's lifecycle: objects, or their older versions, expire after some days. */
const bucket = (file: ArtifactFile): readonly RetentionRule[] =>
  asList(file.field('Rules')).flatMap((rule, index) =>
    [
      ['Expiration', 'Days'],
      ['NoncurrentVersionExpiration', 'NoncurrentDays'],
    ].flatMap((steps) => {
      const keeps = Number(asText(fieldAt(rule, steps)) ?? Number.NaN);
      const name = asText(fieldAt(rule, ['ID'])) ?? String(index);
      return Number.isFinite(keeps)
        ? [
            {
              key: `s3 ${name} ${steps.join('.')}`,
              words: `${String(keeps)} days (${name})`,
              keeps,
              isProtecting: false,
              steps: ['Rules', index, ...steps],
            },
          ]
        : [];
    }),
  );
