import type { Verdict } from './verifyEvidence.ts';
import type { Word } from './words.ts';

export const verdictWord = (verdict: Verdict): Word =>
  verdict.isValid
    ? { word: 'Holds', tone: 'green', mark: 'status-in-place' }
    : { word: 'Broken', tone: 'brick', mark: 'answer-no' };
