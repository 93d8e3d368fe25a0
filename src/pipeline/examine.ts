/** Is the record whole? Every chain of facts is verified as an auditor would. Each line is a question that yes reassures about. */
import { verifyChain } from '../evidence/verify-chain.ts';
import type { Asked } from '../model/decision.ts';
import type { Store } from '../model/store.ts';
import type { ChangePage } from '../model/view.ts';

/** Reads all of it; on a large store that takes a while. */
export async function examine(store: Store): Promise<Asked> {
  let changes = 0;
  let facts = 0;
  for (let after: string | undefined; ;) {
    const page = JSON.parse(await store.list({ limit: 500, ...(after && { after }) })) as ChangePage;
    for (const { id } of page.changes) {
      const texts = await store.texts(id);
      const verdict = verifyChain(texts);
      if (!verdict.valid) return { answer: 'no', seen: `${id} is broken at fact ${verdict.at}: ${verdict.because}` };
      changes += 1;
      facts += texts.length;
    }
    if (page.next === null) return { answer: 'yes', seen: `${facts} facts of ${changes} changes` };
    after = page.next;
  }
}
