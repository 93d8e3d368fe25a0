/** The answer of retry, skip and resolve: the page of the change whose step it was, and what it means for what it recovers. */
import type { ChangeView } from '../model/view.ts';
import { type Answer, type Doing, viewAnswer } from './act.ts';
import { changePage } from './change-page.ts';

export async function afterStep({ given, recourse }: Doing, view: ChangeView): Promise<Answer> {
  const page = changePage(view, given.terminal);
  if (!view.recovers) return viewAnswer(view, page);
  const recovered = await recourse.show(view.recovers.change);
  return viewAnswer(view, `${page}\n\nThe change it recovers, ${recovered.id}, is ${recovered.status}.`);
}
