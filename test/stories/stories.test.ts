import { describe, expect, test } from 'vitest';

import { advance } from '#src/decide/fold.ts';
import type { State } from '#src/model/state.ts';

import { stories, told } from './told.ts';

describe.each(stories)('the story of %s', (name) => {
  const { story, facts, refused } = told(name);

  /** All chains after the first `count` lines. */
  const after = (count: number): Map<string, State> => {
    const chains = new Map<string, State>();
    for (const { of, happened } of facts.slice(0, count)) chains.set(of, advance(chains.get(of) ?? null, happened));
    return chains;
  };

  test(`[R0.7] [R5.1] every prefix has its status: ${story}`, () => {
    const found = facts.map(
      (line, i) => `${line.of} ${line.happened.fact.fact} → ${after(i + 1).get(line.of)?.status}`,
    );
    expect(found).toEqual(facts.map((line) => `${line.of} ${line.happened.fact.fact} → ${line.status}`));
  });

  test.each(refused.map((line) => [`${line.happened.fact.fact} of ${line.of}`, line] as const))(
    'at its end, %s is refused and changes nothing',
    (_, { of, happened, because }) => {
      const state = after(facts.length).get(of) ?? null;
      const frozen = structuredClone(state);
      expect(() => advance(state, happened)).toThrow(because);
      expect(state).toEqual(frozen);
    },
  );
});
