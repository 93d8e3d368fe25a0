/**
 * A change of high risk answers seven questions before production: how it would be undone, until when, what makes that
 * unsafe, which metric asks for it, who approves it, how long it takes, and what proves that the system is well again.
 */
import type { Declared } from '../model/change.ts';

const questions = {
  method: 'how it would be undone (`method`)',
  window: 'until when (`window`)',
  unsafeWhen: 'what would make undoing it unsafe (`unsafeWhen`)',
  trigger: 'which metric asks for it (`trigger`)',
  approver: 'who approves undoing it (`approver`)',
  takes: 'how long undoing it takes (`takes`)',
  verification: 'what proves that the system is well again (`verification`)',
} as const satisfies Partial<Record<keyof Declared, string>>;

/** The questions that a declaration leaves open, in words. */
export const openQuestions = (declared: Declared | undefined): readonly string[] =>
  Object.entries(questions).flatMap(([name, words]) =>
    isAnswered(declared, name as keyof typeof questions) ? [] : [words],
  );

function isAnswered(declared: Declared | undefined, name: keyof typeof questions): boolean {
  const answer = declared?.[name];
  if (typeof answer === 'string') return answer.trim() !== '';
  return Array.isArray(answer) ? answer.length > 0 : answer !== undefined;
}
