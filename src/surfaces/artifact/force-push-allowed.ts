import type { Json } from '../../model/json.ts';
import { isObject } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asList, asText, fieldAt } from '../manifest.ts';
import type { ArtifactFile } from './artifact-file.ts';

export const forcePushAllowed: Rule<ArtifactFile> = {
  id: 'artifact/force-push-allowed',
  problem:
    'A protected branch may be rewritten or deleted. The commit that a revert needs can then vanish, and what GitOps deploys changes without a trace.',
  instead: 'Forbid both on every branch from which something is deployed.',
  source:
    'https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches',
  examples: {
    matches: [
      'branches:\n  - name: main\n    protection:\n      allow_force_pushes: true\n',
      {
        before: '{"rules": [{"type": "non_fast_forward"}, {"type": "deletion"}]}',
        after: '{"rules": [{"type": "deletion"}], "note": "non_fast_forward"}',
      },
    ],
    passes: [
      'branches:\n  - name: main\n    protection:\n      allow_force_pushes: false\n',
      '{"rules": [{"type": "non_fast_forward"}]}',
    ],
  },
  *find({ before, after }) {
    if (after?.form !== 'protection') return;
    const old = new Set([...allowing(before?.value, [])].map((steps) => steps.join('.')));
    const allowed = [...allowing(after.value, [])].find((steps) => !old.has(steps.join('.')));
    const [then, now] = [before, after].map(guards);
    const dropped = then?.find((one) => !now?.includes(one));
    if (!allowed && dropped === undefined) return;
    yield {
      class: 'fully-reversible',
      classAfterWrites: 'reversible-with-manual-repair',
      message:
        'The branch may be rewritten or deleted now: commits that a revert needs can vanish, and nobody sees what was deployed.',
      instead: 'Forbid it where something is deployed from.',
      closedBy: 'somebody rewrites the branch',
      probe: 'gh api repos/<owner>/<name>/branches/<branch>/protection',
      at: allowed ? after.at(...allowed) : after.at('rules'),
    };
  },
};

const names = new Set(['allow_force_pushes', 'allow_deletions', 'allows_force_pushes', 'allows_deletions']);

function* allowing(
  value: Json | undefined,
  steps: readonly (string | number)[],
): Iterable<readonly (string | number)[]> {
  if (Array.isArray(value)) for (const [index, one] of asList(value).entries()) yield* allowing(one, [...steps, index]);
  else if (isObject(value))
    for (const [key, one] of Object.entries(value))
      if (names.has(key) && (one === true || fieldAt(one, ['enabled']) === true)) yield [...steps, key];
      else yield* allowing(one, [...steps, key]);
}

/** What a ruleset forbids. */
const guards = (file: ArtifactFile | undefined): readonly string[] =>
  asList(file?.field('rules'))
    .flatMap((rule) => asText(fieldAt(rule, ['type'])) ?? [])
    .filter((type) => type === 'non_fast_forward' || type === 'deletion');
