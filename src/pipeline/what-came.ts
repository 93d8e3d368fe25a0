import type { ChangeView } from '../model/view.ts';

/** What came of a recovery, in words, and what to do about what did not. */
export function whatCame({ id, status }: ChangeView, recovery: ChangeView): string {
  if (status === 'rolled-back') return `${id} is rolled back.`;
  if (status === 'partly-rolled-back')
    return `${id} is partly rolled back: some of it was put right by hand or left out.`;
  const failed = recovery.steps.filter((step) => step.status === 'failed').map((step) => step.id);
  const undone = recovery.steps.filter((step) => step.status === 'applied').length;
  const done = `${undone} of ${recovery.steps.length} steps ${undone === 1 ? 'is' : 'are'} undone`;
  if (failed.length === 0) return `${done}; ${recovery.id} is ${recovery.status}.`;
  const [step] = failed;
  return `${done}, and ${failed.join(', ')} failed. Retry it (\`recourse retry ${id} --step ${step ?? ''}\`), leave it out (\`recourse skip\`), or put it right by hand and say so (\`recourse resolve\`).`;
}
