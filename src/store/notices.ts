import type { ChangeId } from '../model/ids.ts';

type Heard = (change: ChangeId) => void;

/** Who in this process wants to know that a change has new facts. */
export interface Notices {
  tell(change: ChangeId): void;
  /** Answers how to stop. */
  listen(heard: Heard): () => void;
}

export function notices(): Notices {
  const listeners = new Set<Heard>();
  return {
    tell: (change) => {
      for (const heard of listeners) heard(change);
    },
    listen: (heard) => {
      const own: Heard = (change) => heard(change); // the same function may listen twice
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}
