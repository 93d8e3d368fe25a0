import type { Rule } from '../../model/surface.ts';
import type { PolicyFile } from './artifact.ts';
import { kyvernoExample } from './example.ts';

/** Words by which people ask, in a comment, that something be let through. */
const asks =
  /(?:#|\/\/)[^\n]*\b(?:exception|exempt(?:ed|ion)?|temporar(?:y|ily)|workaround|bypass|disabled? (?:until|for now)|skip(?:ped)? (?:until|for now)|allow(?:ed)? until|ignore for now|re-?enable)\b/i;

export const exceptionInComment: Rule<PolicyFile> = {
  id: 'policy/exception-in-comment',
  problem: 'An exception that only a comment tells of: nothing lists it, nothing ends it, nobody owns it.',
  instead: 'Make it an exception that the policy engine knows, with an owner and an expiry.',
  source: 'https://kyverno.io/docs/exceptions/',
  examples: {
    matches: [
      {
        before: kyvernoExample('Enforce', ['a']),
        after: `# temporarily without rule b\n${kyvernoExample('Enforce', ['a'])}`,
      },
    ],
    passes: [
      { before: kyvernoExample('Enforce', ['a']), after: `# who may run what\n${kyvernoExample('Enforce', ['a'])}` },
    ],
  },
  *find(change) {
    if (!change.after) return;
    const old = new Set(change.before?.text.split('\n').map((line) => line.trim()));
    for (const [index, line] of change.after.text.split('\n').entries()) {
      if (line.length > 500 || old.has(line.trim()) || !asks.test(line)) continue;
      yield {
        message:
          'A comment tells of an exception. Nothing lists it, nothing ends it, and the next reader has to find it.',
        instead: 'Make it an exception that the policy engine knows, with an owner and an expiry.',
        at: { path: change.after.path, line: index + 1, column: Math.max(line.search(/#|\/\//), 0) + 1 },
      };
    }
  },
};
