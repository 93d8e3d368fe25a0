import fc from 'fast-check';

import { link } from '#src/evidence/link.ts';
import { Fact } from '#src/model/fact.ts';
import type { Actor, ChangeId, Hash, Instant, StepId } from '#src/model/ids.ts';

export const change = '01JDQ2W3E4R5T6Y7V8B9N0M1QA' as ChangeId;
export const at = '2026-11-24T13:26:00.000Z' as Instant;
const step = '1' as StepId;

/** The records of a change to which these facts happened, as canonical texts. */
export function chainOf(facts: readonly Fact[], by: Actor = 'local:jane', of: ChangeId = change): readonly string[] {
  let head: { seq: number; hash: Hash } | null = null;
  return facts.map((fact) => {
    const { evidence, text } = link(head, { change: of, at, by, fact });
    head = evidence;
    return text;
  });
}

/** A short life of a change, with texts that a careless format would trip over. */
export const facts: readonly Fact[] = [
  {
    v: 1,
    fact: 'proposed',
    change: {
      id: change,
      title: 'Tighten “the file” \u{1f512} \u0000\n\u2028"\\',
      environment: 'test',
      steps: [
        {
          id: '1',
          does: { operation: 'linux.set-file-mode', params: { path: '/tmp/f', mode: '0600' }, connection: 'local' },
          onFailure: 'stop',
          deadline: 30,
        },
      ],
    },
  },
  {
    v: 1,
    fact: 'started',
    step: '1',
    attempt: 1,
    params: { path: '/tmp/f', mode: '0600', '\u20ac': 1, '\ud83d\ude00': 2, '\ufb33': 3, 10: 'ten', 9: 'nine' },
    before: { state: { mode: '0644', numbers: [-0, 1e21, 1e-7, 0.1, 5e-324] }, identity: { inode: '42' } },
    deadline: '2026-11-24T13:26:30.000Z',
  },
  {
    v: 1,
    fact: 'applied',
    step: '1',
    result: null,
    after: { state: { mode: '0600' }, identity: { inode: '42' }, context: { links: 1 } },
    findings: [],
  },
  { v: 1, fact: 'noted', text: '{"seal":{"v":1}}' },
].map((fact) => Fact.parse(fact));

const json = fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 });
const text = fc.string({ unit: 'binary', maxLength: 20 });

/** Any fact, as far as the formats are concerned. */
export const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  text.map((written) => ({ v: 1, fact: 'noted', text: written }) as const),
  fc
    .record({ result: json, state: json })
    .map(
      ({ result, state }) =>
        ({ v: 1, fact: 'applied', step, result, after: { state, identity: {} }, findings: [] }) as Fact,
    ),
);
export const anyFacts = fc.array(anyFact, { minLength: 1, maxLength: 6 });
export const anyActor: fc.Arbitrary<Actor> = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 8 })
  .filter((name) => !/[\n\r\u2028\u2029]/.test(name)) // the model has names on one line
  .map((name) => `local:${name}` as const);
