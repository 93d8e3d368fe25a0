import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { FaultReport } from '../src/model/fault-report.ts';
import type { ChangeId } from '../src/model/ids.ts';
import type { ChangeView } from '../src/model/view.ts';
import { announce } from './announcement.ts';
import { api } from './api.ts';
import { live } from './live.ts';
import { changeQuery } from './queries.ts';
import { Refused } from './Refused.ts';

export interface Acting<Input, Answer> {
  act(input: Input): void;
  /** Sent, and nothing stored yet. */
  readonly isAsked: boolean;
  readonly fault: FaultReport | undefined;
  readonly answer: Answer | undefined;
  forget(): void;
}

/**
 * One act on a change. Nothing is shown as done before the server has stored it. When the page is not live, the change
 * is read again first, and an act on a change that has moved on is not sent.
 * @param says what is read out when it is done
 */
export function useAct<Input, Answer>(
  id: ChangeId,
  call: (input: Input) => Promise<Answer>,
  says: (answer: Answer) => string,
  onDone?: () => void,
): Acting<Input, Answer> {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: async (input: Input) => {
      if (!live.get().isLive) await assureShown();
      return call(input);
    },
    onSuccess: (answer) => {
      announce(says(answer));
      onDone?.();
    },
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => isOfChanges.has(String(queryKey[0])) }),
  });
  const assureShown = async () => {
    const shown = client.getQueryData<ChangeView>(changeQuery(id).queryKey);
    const fresh = await api.change(id);
    client.setQueryData(changeQuery(id).queryKey, fresh);
    if (shown && shown.head.hash !== fresh.head.hash) throw new Refused(movedOn, 409);
  };
  return {
    act: (input) => mutation.mutate(input),
    isAsked: mutation.isPending,
    fault: mutation.error ? Refused.from(mutation.error).fault : undefined,
    answer: mutation.data,
    forget: mutation.reset,
  };
}

const isOfChanges = new Set(['change', 'changes', 'compare', 'facts']);
const movedOn: FaultReport = {
  code: 'out-of-order',
  message: 'Nothing was sent: this change has moved on since the page was last live.',
  advice: 'Look at it as it stands now, then act again.',
  retry: 'never',
};
