/** Every mark there is. `parts/marks.tsx` draws each. */
export type MarkName =
  | `class-${'full' | 'window' | 'manual-repair' | 'forward-only' | 'compensatable' | 'restore-only'}`
  | `status-${'preparing' | 'moving' | 'needs-a-person' | 'in-place' | 'taken-back' | 'failed' | 'stopped'}`
  | `drift-${'clean' | 'already-restored' | 'compatible' | 'conflicting' | 'gone-re-creatable' | 'gone'}`
  | `answer-${'yes' | 'no' | 'unknown'}`
  | 'skipped'
  | 'hand'
  | 'pause'
  | 'import';
