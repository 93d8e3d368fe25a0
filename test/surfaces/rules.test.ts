import { describe, expect, test } from 'vitest';

import type { Example, Rule, Surface } from '#src/model/surface.ts';
import { surfaces } from '#src/surfaces/registry.ts';

const all = Object.values(surfaces) as readonly Surface<unknown>[];
const rules = all.flatMap((surface) => surface.rules.map((rule) => ({ id: rule.id, surface, rule })));

async function found({ read, examplePath: path }: Surface<unknown>, rule: Rule<unknown>, example: Example) {
  const versions = typeof example === 'string' ? { after: example } : example;
  const findings = [];
  for await (const reading of read([{ path, ...versions }])) {
    if ('unread' in reading) throw reading.unread;
    findings.push(...rule.find(reading));
  }
  return findings;
}

test('[L5.1] every surface says how a change of it is usually undone, and what most often goes wrong', () => {
  const short = all.filter(({ summary, wayBack, mainRisk }) =>
    [summary, wayBack, mainRisk].some((words) => words.length < 20),
  );
  expect(short.map(({ name }) => name)).toEqual([]);
});

test('a rule is named once, after its surface', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(rules.filter(({ id, surface }) => !id.startsWith(`${surface.name}/`)).map(({ id }) => id)).toEqual([]);
});

test('a surface recognises the examples of its rules', () => {
  const missed = rules.flatMap(({ surface, rule }) =>
    [...rule.examples.matches, ...rule.examples.passes]
      .flatMap((example) =>
        typeof example === 'string' ? [example] : [example.after ?? [], example.before ?? []].flat(),
      )
      .filter((text) => !surface.recognises(surface.examplePath, text))
      .map((text) => `${rule.id}: ${text}`),
  );
  expect(missed).toEqual([]);
});

describe.for(rules)('$id', ({ surface, rule }) => {
  test.for(rule.examples.matches)('is found in %j', async (example) => {
    const findings = await found(surface, rule, example);
    expect(findings).not.toEqual([]);
    for (const { message, at, class: decides } of findings) {
      expect(message).not.toBe('');
      if (decides !== undefined) expect(at).toBeDefined();
    }
  });
  test.for(rule.examples.passes)('is not found in %j', async (example) =>
    expect(await found(surface, rule, example)).toEqual([]),
  );
  test('rests on a source', () => expect(rule.source).toMatch(/^https:\/\//));
});
