/** What is read out without moving anybody: a status politely, what cannot wait at once, each once. */
import { cell } from './cell.ts';

export const polite = cell('');
export const urgent = cell('');

export const announce = (text: string): void => polite.set(text);
export const announceNow = (text: string): void => urgent.set(text);
