import type { ReactNode } from 'react';

import type { Word } from '../words.ts';
import { Mark } from './Mark.tsx';

interface SaidProps {
  readonly word: Word;
  /** Said instead of the word. */
  readonly children?: ReactNode;
  /** On its own background, as beside a title. */
  readonly isChip?: boolean;
  readonly isPlain?: boolean;
}

/** Mark and word in their tone: how every class, status, verdict and answer is shown. */
export function Said({ word, children, isChip = false, isPlain = false }: SaidProps) {
  return (
    <span className={isChip ? 'said said-chip' : 'said'} data-tone={word.tone}>
      <Mark name={word.mark} />
      <span className={isPlain ? undefined : 'said-word'}>{children ?? word.word}</span>
    </span>
  );
}
